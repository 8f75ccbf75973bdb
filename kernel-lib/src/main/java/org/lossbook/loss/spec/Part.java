package org.lossbook.loss.spec;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;

/**
 * Part of a loss: one number over a batch. Most losses are this number; a root mean squared error
 * is the root of it, a sum of losses may have several.
 *
 * @param value the number
 * @param reduction how those of several batches become that of all their samples; where the number
 *     is no sum over samples, the mean by rows, as in Keras
 * @hidden
 */
@Internal
public record Part(Expr value, Reduction reduction) {}
