package org.lossbook.engine;

import java.util.List;
import java.util.Optional;

/**
 * The vocabulary a layer builds with. A graph is made for one batch size and one use (training or
 * inference), filled once by the layers, and turned into a {@link Plan}. Shapes are the user's:
 * without the batch, channels last; how the numbers lie in between is the engine's affair.
 */
public interface Graph {
  /** The samples in a batch. */
  int batch();

  /** Whether the plan will run backward, with dropout at work and batch statistics. */
  boolean training();

  /** A value that is given from outside. */
  Tensor input(int... shape);

  /** The same, and a training plan tells its gradient: {@link Plan#inputGradient}. */
  Tensor inputWithGradient(int... shape);

  /**
   * Slides {@code kernel} over an image. {@code [h, w, in] -> [h', w', out]}
   *
   * @param kernel {@code [height, width, in / groups, out]}
   * @param bias {@code [out]}
   */
  Tensor convolution(
      Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias, Window window, int groups);

  /**
   * x · kernel + bias over all numbers of a sample. {@code [...] -> [out]}
   *
   * @param kernel {@code [in, out]}
   * @param bias {@code [out]}
   */
  Tensor innerProduct(Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias);

  /** The greatest number under each window. {@code [h, w, c] -> [h', w', c]} */
  Tensor maxPooling(Tensor x, Window window);

  /** The mean of the numbers under each window, padding not counted. */
  Tensor averagePooling(Tensor x, Window window);

  /**
   * (x − mean) / √(variance + ε) · gamma + beta for each channel (the last axis); by the batch's
   * statistics in training, towards which the backward run moves the kept ones, {@code kept =
   * momentum · kept + (1 − momentum) · batch}; and by the kept ones otherwise.
   *
   * @param frozen whether training uses the kept ones too, and leaves them as they are
   */
  Tensor batchNormalization(
      Tensor x,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon,
      boolean frozen);

  /** The function on each number; softmax over the last axis. */
  Tensor activation(Tensor x, Activation activation);

  /**
   * In training sets each number to zero with probability {@code rate} and scales the others by 1 /
   * (1 − rate); otherwise gives {@code x} itself.
   */
  Tensor dropout(Tensor x, double rate);

  /**
   * The same numbers, which cost {@code l1} times the sum of their sizes and {@code l2} times that
   * of their squares, a sample: {@link Plan#activityCost}. Its slope is added to their gradient.
   */
  Tensor activityPenalty(Tensor x, double l1, double l2);

  /** Σ factorᵢ · termᵢ, number by number; all terms have one shape. */
  Tensor sum(List<Tensor> terms, float... factors);

  /** x · y, number by number; both have one shape. */
  Tensor product(Tensor x, Tensor y);

  /** The greater of x and y, number by number; of equal ones x has the gradient. */
  Tensor maximum(Tensor x, Tensor y);

  /** The smaller of x and y, number by number; of equal ones x has the gradient. */
  Tensor minimum(Tensor x, Tensor y);

  /** One behind the other along an axis of the sample's shape; the other extents agree. */
  Tensor concatenation(List<Tensor> parts, int axis);

  /**
   * Σ xᵢ · yᵢ over two vectors. {@code [n], [n] -> [1]}
   *
   * @param normalized whether each is divided by its length before: the cosine of their angle
   */
  Tensor dot(Tensor x, Tensor y, boolean normalized);

  /** The same for whole channels: the numbers of a channel (the last axis) go together. */
  Tensor spatialDropout(Tensor x, double rate);

  /**
   * In training multiplies each number by a normal one of mean 1 and variance rate / (1 − rate);
   * otherwise gives {@code x} itself.
   */
  Tensor gaussianDropout(Tensor x, double rate);

  /**
   * In training adds to each number a normal one of mean 0 and that standard deviation; otherwise
   * gives {@code x} itself.
   */
  Tensor gaussianNoise(Tensor x, double stddev);

  /** The same numbers, row-major, in another shape. */
  Tensor reshape(Tensor x, int... shape);

  /** Ends the building: a plan that runs from {@code inputs} to {@code outputs}. */
  Plan plan(List<Tensor> inputs, List<Tensor> outputs);
}
