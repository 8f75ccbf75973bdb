/**
 * Losses that compare samples with each other. {@code Triplet} and {@code Circle} see all pairs of
 * a batch and are written as loops; {@code Contrastive} takes the distance of a pair.
 */
package org.lossbook.loss.pairwise;
