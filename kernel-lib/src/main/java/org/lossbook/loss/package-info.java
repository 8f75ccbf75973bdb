/**
 * One loss a file, each declared as a formula. Floor 3: knows formula, data, plot and notebook. A
 * new loss is one file here, one line in Lossbook and a golden file.
 *
 * <p>The way in: {@code MeanSquaredError} is the plainest loss, {@code Huber} one with a {@code
 * Setting}. {@code Declaration} is what a loss says of itself, {@code Loss} what can be asked of
 * it. From there:
 *
 * <ul>
 *   <li>what goes in: {@code Target} and {@code Prediction} name the kinds, {@code Inputs} reads a
 *       cell's numbers, {@code Checks} refuses them, {@code Mismatch} a model's end;
 *   <li>how it becomes a number: {@code Part} and {@code Reduction} for the way over the samples,
 *       {@code Evaluator} compiles it, {@code SharedEvaluator} serves cells, {@code BatchLoss}
 *       models, {@code RunningLoss} several batches;
 *   <li>how it is shown: {@code Notation}, {@code Explanation}, {@code LossCurve}, and {@code
 *       Exploration} with a {@code Sweep} of {@code Knob}s;
 *   <li>losses made of losses: {@code Refined}, {@code JointLoss}, {@code OneOutput};
 *   <li>losses among samples, which are loops and no formula: {@code AmongSamples}, {@code ByHand}.
 * </ul>
 */
package org.lossbook.loss;
