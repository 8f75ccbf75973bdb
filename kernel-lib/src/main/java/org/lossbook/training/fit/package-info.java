/**
 * The loops of fit and evaluate: options, batches of data, progress, history, and the calls of
 * callbacks.
 */
package org.lossbook.training.fit;
