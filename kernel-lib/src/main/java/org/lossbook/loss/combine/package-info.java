/** Losses made of losses: weighted sums, learned weights, and the loss of one output. */
package org.lossbook.loss.combine;
