/**
 * What a loss is: {@code LossSpec} holds its kinds of truth and prediction, its settings, its
 * formula, the way from samples to one number, and how it is shown. All other packages of losses
 * read it; it knows formulas and nothing above them.
 */
package org.lossbook.loss.spec;
