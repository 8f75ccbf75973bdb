/**
 * Runs losses: {@code FormulaEvaluator} compiles a formula, {@code LoopEvaluator} serves losses
 * among samples, {@code SharedEvaluator} answers cells, {@code BatchLoss} is what a training step
 * calls, {@code RunningLoss} joins batches.
 */
package org.lossbook.loss.evaluate;
