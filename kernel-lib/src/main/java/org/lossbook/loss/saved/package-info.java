/** Losses in files: {@code LossRegistry} has a line for each loss that a file may name. */
package org.lossbook.loss.saved;
