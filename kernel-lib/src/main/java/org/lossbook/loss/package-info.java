/**
 * One loss a file, each declared as a formula. A new loss is one file here, one line in {@code
 * Lossbook}, one in {@code loss.saved.LossRegistry}, and a golden file.
 *
 * <p>The way in: {@code MeanSquaredError} is the plainest loss, {@code Huber} has a {@code
 * Setting}. A loss says in a {@code LossSpec} what it is; {@code Loss} is what can be asked of it,
 * and passes each question on: to {@code loss.check} for what goes in, to {@code loss.evaluate} for
 * numbers, to {@code loss.explain} for mathematics, steps and figures, to {@code loss.combine} for
 * sums.
 */
package org.lossbook.loss;
