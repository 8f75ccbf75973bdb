package org.lossbook.engine;

import java.util.List;
import java.util.Optional;

/**
 * A computation graph, to which layers add operations. A graph is made for one batch size and for
 * training or inference, filled once by the layers, and compiled into a {@link Plan}. Shapes
 * exclude the batch, channels last; the memory layout is internal.
 */
public interface Graph {
  /** The batch size. */
  int batch();

  /** What its plan is for. */
  Mode mode();

  /** Whether dropout and batch statistics work as in training. */
  default boolean training() {
    return mode().isTraining();
  }

  /** The same number everywhere. */
  Tensor filled(float value, int... shape);

  /**
   * A state of a layer as the last run of a plan of these parameters left it, zeros at first. It
   * has no gradient.
   *
   * @param owner a parameter of the layer, which tells its states from another layer's
   * @param index which of the layer's states it is
   */
  Tensor remembered(Parameters.Slot owner, int index, int... shape);

  /**
   * Keeps states of a layer for the next run, where {@link #remembered} finds them.
   *
   * @return y, which a layer outputs
   */
  Tensor remember(Tensor y, Parameters.Slot owner, List<Tensor> states);

  /** An input. */
  Tensor input(int... shape);

  /** An input whose gradient a training plan computes: {@link Plan#inputGradient}. */
  Tensor inputWithGradient(int... shape);

  /**
   * Convolution of a sequence, an image or a volume with a kernel. {@code [l, in] -> [l', out]},
   * {@code [h, w, in] -> [h', w', out]}, {@code [d, h, w, in] -> [d', h', w', out]}
   *
   * @param kernel {@code [height, width, in / groups, out]}, for a sequence and a volume with as
   *     many extents as those have; a depthwise one, whose groups are the channels, may be {@code
   *     [height, width, in, multiplier]}
   * @param bias {@code [out]}
   */
  Tensor convolution(
      Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias, Window window, int groups);

  /**
   * Transposed convolution: each position adds a kernel to the output, {@code stride} positions
   * after the one before. {@code [l, in] -> [l', out]}, {@code [h, w, in] -> [h', w', out]}, {@code
   * [d, h, w, in] -> [d', h', w', out]}
   *
   * @param kernel {@code [height, width, out, in]}, with as many extents as the input has
   * @param bias {@code [out]}
   */
  Tensor deconvolution(
      Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias, TransposedWindow window);

  /**
   * Inner product: x · kernel + bias over all numbers of a sample. {@code [...] -> [out]}
   *
   * @param kernel {@code [in, out]}
   * @param bias {@code [out]}
   */
  Tensor innerProduct(Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias);

  /**
   * Dense layer: x · kernel + bias at each position, over the last axis. {@code [..., in] -> [...,
   * out]}
   *
   * @param kernel {@code [in, out]}
   * @param bias {@code [out]}
   */
  Tensor dense(Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias);

  /**
   * Max pooling: the maximum under each window. {@code [h, w, c] -> [h', w', c]}, or of a sequence
   * or a volume.
   */
  Tensor maxPooling(Tensor x, Window window);

  /** Average pooling: the mean under each window, not counting padding. */
  Tensor averagePooling(Tensor x, Window window);

  /**
   * Adaptive max pooling: the maximum of each of so many windows that they cover the input evenly.
   * Of n positions output i of m takes those from ⌊i · n / m⌋ to before ⌈(i + 1) · n / m⌉.
   *
   * @param size the output's extents, without the channels
   */
  Tensor adaptiveMaxPooling(Tensor x, int... size);

  /** Adaptive average pooling: the mean of each of these windows. */
  Tensor adaptiveAveragePooling(Tensor x, int... size);

  /**
   * Batch normalization: (x − mean) / √(variance + ε) · gamma + beta for each channel. Training
   * uses the batch's statistics, and the backward pass updates the moving statistics, {@code moving
   * = momentum · moving + (1 − momentum) · batch}; inference uses the moving statistics.
   *
   * @param mask the rows of which training uses the statistics: 1 or 0 for each, {@code [...]} for
   *     x of {@code [..., n]}
   * @param axis that of the channels in the sample's shape
   * @param frozen whether training uses the moving statistics too, without updating them
   */
  Tensor batchNormalization(
      Tensor x,
      Optional<Tensor> mask,
      int axis,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon,
      boolean frozen);

  /**
   * Normalization of each sample by itself: the numbers that differ along these axes alone form a
   * group, which is normalized, then multiplied by gamma and shifted by beta.
   *
   * @param gamma as many numbers as a group has, row-major
   * @param beta likewise
   * @param axes of the sample's shape, in ascending order
   */
  Tensor normalization(
      Tensor x,
      NormalizedBy how,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon,
      int... axes);

  /**
   * Group normalization: splits the channels, which lie along one axis, into groups of neighbours,
   * normalizes each group of a sample by its mean and variance over all other axes too, and scales
   * and shifts each channel.
   *
   * @param gamma {@code [channels]}
   * @param beta {@code [channels]}
   * @param axis of the sample's shape
   */
  Tensor groupNormalization(
      Tensor x,
      int axis,
      int groups,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon);

  /**
   * Multiplies each channel (the last axis) by a weight.
   *
   * @param gamma {@code [channels]}
   */
  Tensor scale(Tensor x, Parameters.Slot gamma);

  /**
   * An affine function of each number by itself: (x − subtracted) · factor + added. The constants
   * are repeated, so that one stands for all and as many as there are channels for each channel.
   */
  Tensor affine(Tensor x, float[] subtracted, float[] factors, float[] added);

  /**
   * Standardization by statistics that are weights: (x − mean) / max(√variance, 10⁻⁷).
   *
   * @param inverted whether to undo it: x · max(√variance, 10⁻⁷) + mean
   * @param axes those of the statistics in the sample's shape, in ascending order; none if there is
   *     one mean for all numbers
   */
  Tensor standardization(
      Tensor x, Parameters.Slot mean, Parameters.Slot variance, boolean inverted, int... axes);

  /** Applies an activation function to each number; softmax over the last axis. */
  Tensor activation(Tensor x, Activation activation);

  /**
   * Parametric ReLU: x where x > 0, else alpha · x.
   *
   * @param alpha with the sample's shape, or 1 along the axes that share it
   */
  Tensor prelu(Tensor x, Parameters.Slot alpha);

  /** Applies any function to each number. */
  default Tensor pointwise(Tensor x, ElementFunction function) {
    return activation(x, Activation.of(function));
  }

  /**
   * Dropout: in training sets each number to zero with probability {@code rate} and scales the
   * others by 1 / (1 − rate); in inference returns {@code x}.
   */
  default Tensor dropout(Tensor x, double rate) {
    return dropout(x, rate, x.shape());
  }

  /**
   * Dropout with a mask of that shape for a sample: where its extent is 1, the numbers along that
   * axis are dropped together.
   */
  Tensor dropout(Tensor x, double rate, int... drawnShape);

  /**
   * Alpha dropout: in training replaces numbers by the lowest of a SELU, and scales and shifts all
   * so that a mean of 0 and a variance of 1 remain; in inference returns {@code x}.
   */
  Tensor alphaDropout(Tensor x, double rate, int... drawnShape);

  /**
   * Activity regularization: the same numbers, with a penalty per sample of {@code l1} times the
   * sum of their absolute values plus {@code l2} times that of their squares: {@link
   * Plan#activityCost}. Its gradient is added to theirs, but not where the gradient of the inputs
   * is wanted, which is that of the loss alone.
   */
  Tensor activityPenalty(Tensor x, double l1, double l2);

  /**
   * Weighted sum: Σ factorᵢ · termᵢ element-wise. Terms of several shapes are broadcast, aligned at
   * the last axis: {@link Shapes#broadcast}.
   */
  Tensor sum(List<Tensor> terms, float... factors);

  /** Product: x · y element-wise, broadcast as in {@link #sum}. */
  Tensor product(Tensor x, Tensor y);

  /** Maximum of x and y element-wise, broadcast as in {@link #sum}; at ties x gets the gradient. */
  Tensor maximum(Tensor x, Tensor y);

  /** Minimum of x and y element-wise, broadcast as in {@link #sum}; at ties x gets the gradient. */
  Tensor minimum(Tensor x, Tensor y);

  /** Joins the parts along an axis of the sample's shape; the other dimensions must agree. */
  Tensor concatenation(List<Tensor> parts, int axis);

  /**
   * Dot product: Σ xᵢ · yᵢ of two vectors. {@code [n], [n] -> [1]}
   *
   * @param normalized whether each is divided by its norm first, which gives the cosine similarity
   */
  Tensor dot(Tensor x, Tensor y, boolean normalized);

  /**
   * Matrix product of each sample, or of each of its matrices. {@code [m, k], [k, n] -> [m, n]},
   * {@code [h, m, k], [h, k, n] -> [h, m, n]}
   */
  Tensor matrixProduct(Tensor x, Tensor y);

  /**
   * How well each key matches each query, the products of their numbers, for each head. {@code [t,
   * h · n], [s, h · n] -> [h, t, s]}
   */
  Tensor attentionScores(Tensor queries, Tensor keys, Attention how);

  /** Softmax of scores over the keys that a query may see. {@code [h, t, s] -> [h, t, s]} */
  Tensor attentionWeights(Tensor scores, Attention how, AttentionMasks masks);

  /** The same with masks of queries {@code [t]} and of keys {@code [s]}. */
  default Tensor attentionWeights(
      Tensor scores, Attention how, Optional<Tensor> queryMask, Optional<Tensor> keyMask) {
    return attentionWeights(scores, how, AttentionMasks.of(queryMask, keyMask));
  }

  /** The sums of values by weight, for each head. {@code [h, t, s], [s, h · m] -> [t, h · m]} */
  Tensor weightedValues(Tensor weights, Tensor values);

  /**
   * Attention: the sum of the values by the weights of their keys. {@code [t, h · n], [s, h · n],
   * [s, h · m] -> [t, h · m]}
   */
  default Tensor attention(
      Tensor queries, Tensor keys, Tensor values, Attention how, AttentionMasks masks) {
    Tensor weights = attentionWeights(attentionScores(queries, keys, how), how, masks);
    return weightedValues(dropout(weights, how.dropout()), values);
  }

  /** The same with masks of queries {@code [t]} and of keys {@code [s]}. */
  default Tensor attention(
      Tensor queries,
      Tensor keys,
      Tensor values,
      Attention how,
      Optional<Tensor> queryMask,
      Optional<Tensor> keyMask) {
    return attention(queries, keys, values, how, AttentionMasks.of(queryMask, keyMask));
  }

  /** Like {@link #dropout}, but zeroes whole channels (the last axis). */
  Tensor spatialDropout(Tensor x, double rate);

  /** Like {@link #dropout}, but zeroes whole samples. */
  Tensor sampleDropout(Tensor x, double rate);

  /**
   * Gaussian dropout: in training multiplies each number by a normal one of mean 1 and variance
   * rate / (1 − rate); in inference returns {@code x}.
   */
  Tensor gaussianDropout(Tensor x, double rate);

  /**
   * Gaussian noise: in training adds a normal number of mean 0 and that standard deviation to each
   * number; in inference returns {@code x}.
   */
  Tensor gaussianNoise(Tensor x, double stddev);

  /**
   * Images [height, width, channels], each changed by random numbers of its own; in inference by
   * numbers that are always the same. It passes no gradient on.
   *
   * @param who the layer's name, for messages
   */
  Tensor changedImages(Tensor x, ImageChange change, String who, int... shape);

  /** Reshape: the same numbers, row-major, in another shape. */
  Tensor reshape(Tensor x, int... shape);

  /**
   * Permutes the axes: axis i of the output is axis {@code order[i]} of x, from 0 within a sample.
   */
  Tensor permute(Tensor x, int... order);

  /** Pads each axis with so many zeros before and after. */
  Tensor pad(Tensor x, int[] before, int[] after);

  /** Cuts out along each axis what lies from {@code from} to before {@code to}. */
  Tensor slice(Tensor x, int[] from, int[] to);

  /**
   * Repeats numbers along the axes that have an extent of 1, aligned at the last, up to a shape.
   */
  Tensor broadcast(Tensor x, int... shape);

  /**
   * Resamples a sequence, an image or a volume to these extents, without those of the channels.
   *
   * @param antialias whether, where the extent gets smaller, the weights reach as much further
   */
  Tensor resample(Tensor x, Interpolation kind, boolean antialias, int... extents);

  /**
   * Which interval each number lies in: how many of the ascending boundaries are not above it.
   * Passes no gradient on.
   */
  Tensor discretization(Tensor x, float... boundaries);

  /**
   * Categories, whole numbers from 0 on, as rows with a number for each. Passes no gradient on.
   *
   * @throws IllegalArgumentException from a running plan where a number is none of them
   */
  Tensor encoding(Tensor x, Encoding how, int categories);

  /**
   * The rows of a table that whole numbers from 0 on name. Passes no gradient on, but the table's.
   * {@code [...] -> [..., width]}
   *
   * @param table {@code [words, width]}
   * @param sparse whether the table's gradient may be that of the rows alone that a step meets
   * @throws IllegalArgumentException for more than 2²⁴ words, which floats cannot tell apart; from
   *     a running plan where a number names no row
   */
  Tensor lookup(Tensor ids, Parameters.Slot table, boolean sparse);

  /** The same with a gradient of the rows alone that a step meets. */
  default Tensor lookup(Tensor ids, Parameters.Slot table) {
    return lookup(ids, table, true);
  }

  /**
   * A mask: 1 for each row, along the last axis, in which any number differs from the value, else
   * 0. It has no gradient. {@code [..., n] -> [...]}
   */
  Tensor differs(Tensor x, float value);

  /**
   * A function of the categories of each sample, such as their indices in a vocabulary. Passes no
   * gradient on.
   *
   * @param shape of a sample's output
   */
  Tensor category(Tensor x, SampleFunction function, int... shape);

  /**
   * A recurrent layer over a whole sequence, {@code [steps, n]}, with tanh, and sigmoid for its
   * gates.
   *
   * @param initialState as many as the cell has, {@code [units]} each; none for zeros
   * @param mask {@code [steps]}: 0 where the states stay as they were; it gets no gradient
   * @param kernel, recurrentKernel, bias in the layouts that {@link Recurrence} says
   */
  Recurrence.Outputs recurrent(
      Tensor x,
      Recurrence how,
      List<Tensor> initialState,
      Optional<Tensor> mask,
      Parameters.Slot kernel,
      Parameters.Slot recurrentKernel,
      Optional<Parameters.Slot> bias);

  /** The mean over these axes, from 0 within a sample, whose extents become 1. */
  Tensor mean(Tensor x, int... axes);

  /** Compiles the graph into a plan from {@code inputs} to {@code outputs}. */
  Plan plan(List<Tensor> inputs, List<Tensor> outputs);
}
