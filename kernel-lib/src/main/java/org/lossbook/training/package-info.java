/**
 * One training step: a network compiled with its losses, metrics and optimizer, run on the engine.
 * Data checks, prediction and running metrics are here too.
 */
package org.lossbook.training;
