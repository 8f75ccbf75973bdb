/** Losses of how much two masks, or two rows of probabilities, overlap. */
package org.lossbook.loss.overlap;
