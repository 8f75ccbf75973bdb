package org.lossbook.engine;

import java.util.Arrays;

/**
 * The window of a convolution or a pooling over a sequence, an image or a volume: along each axis
 * its size, stride and dilation, and the padding of all. Immutable.
 */
public final class Window {
  /** What stands beyond the borders. */
  public enum Padding {
    /** Nothing: the window stays within the input. */
    VALID,

    /** As much as makes ⌈input / stride⌉ outputs, the odd position at the end, like Keras. */
    SAME,

    /** All of it before the first position, so that no output depends on a later input. */
    CAUSAL
  }

  private final int[] sizes;
  private final int[] strides;
  private final int[] dilations;
  private final Padding padding;

  private Window(int[] sizes, int[] strides, int[] dilations, Padding padding) {
    this.sizes = sizes;
    this.strides = strides;
    this.dilations = dilations;
    this.padding = padding;
  }

  /** A dense window of these extents, which moves by one position and is not padded. */
  public static Window of(int... sizes) {
    return new Window(sizes.clone(), ones(sizes.length), ones(sizes.length), Padding.VALID);
  }

  private static int[] ones(int length) {
    int[] ones = new int[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The same window with these strides, one for each axis. */
  public Window strides(int... strides) {
    return new Window(sizes, strides.clone(), dilations, padding);
  }

  /** The same window with these distances between two taps, one for each axis. */
  public Window dilations(int... dilations) {
    return new Window(sizes, strides, dilations.clone(), padding);
  }

  /** The same window with that padding. */
  public Window padding(Padding padding) {
    return new Window(sizes, strides, dilations, padding);
  }

  /** The number of axes it slides along: 1 for sequences, 2 for images, 3 for volumes. */
  public int axes() {
    return sizes.length;
  }

  /** Its extents. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** Its strides. */
  public int[] strides() {
    return strides.clone();
  }

  /** Its dilations, 1 for a dense window. */
  public int[] dilations() {
    return dilations.clone();
  }

  /** Its padding. */
  public Padding padding() {
    return padding;
  }

  /** Its extent along an axis from the first tap to the last. */
  public long reach(int axis) {
    return (sizes[axis] - 1L) * dilations[axis] + 1;
  }

  /** The number of outputs along an axis; 0 or less if the window does not fit. */
  public int output(int axis, int input) {
    int stride = strides[axis];
    return (int)
        (padding == Padding.VALID
            ? Math.floorDiv(input - reach(axis), stride) + 1
            : ((long) input + stride - 1) / stride);
  }

  /** The output's extents, and that many channels, for an input of that shape. */
  public int[] outputShape(int[] inputShape, int channels) {
    int[] shape = new int[axes() + 1];
    for (int axis = 0; axis < axes(); axis++) {
      shape[axis] = output(axis, inputShape[axis]);
    }
    shape[axes()] = channels;
    return shape;
  }

  /** The number of inputs along an axis that so many outputs read, if there is no padding. */
  public int needed(int axis, int outputs) {
    return (int) ((outputs - 1L) * strides[axis] + reach(axis));
  }

  /** The positions of padding before the first input along an axis. */
  public int before(int axis, int input) {
    return switch (padding) {
      case VALID -> 0;
      case SAME -> (int) (missing(axis, input) / 2);
      case CAUSAL -> (int) (reach(axis) - 1);
    };
  }

  /** The positions of padding after the last input along an axis. */
  public int after(int axis, int input) {
    return padding == Padding.SAME ? (int) (missing(axis, input) - before(axis, input)) : 0;
  }

  private long missing(int axis, int input) {
    return Math.max((output(axis, input) - 1L) * strides[axis] + reach(axis) - input, 0);
  }
}
