/**
 * The loops of fit and evaluate: their options, batches, progress display, history and callbacks.
 */
package org.lossbook.training.fit;
