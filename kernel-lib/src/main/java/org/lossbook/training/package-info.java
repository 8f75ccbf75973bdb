/**
 * One training step: a network compiled with its losses, metrics and optimizer, on the engine.
 * Checks of data, prediction and measuring stand here too.
 */
package org.lossbook.training;
