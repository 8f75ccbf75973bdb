package org.lossbook.engine;

import java.util.Arrays;
import java.util.Optional;
import org.lossbook.engine.Window.Padding;

/**
 * The window of a transposed convolution, which moves over the output: each input position adds a
 * whole kernel there, {@code stride} positions after the one before. How much of the borders is cut
 * is Keras's rule. Immutable.
 */
public final class TransposedWindow {
  private final Window window;
  private final Optional<int[]> outputPadding;

  private TransposedWindow(Window window, Optional<int[]> outputPadding) {
    this.window = window;
    this.outputPadding = outputPadding;
  }

  /** With padding {@code SAME} an output is its input's extent times the stride. */
  public static TransposedWindow of(Window window) {
    return new TransposedWindow(window, Optional.empty());
  }

  /**
   * The same window with so many positions added at the end of each axis, which Keras calls {@code
   * output_padding}.
   */
  public TransposedWindow outputPadding(int... outputPadding) {
    return new TransposedWindow(window, Optional.of(outputPadding.clone()));
  }

  /** The kernel's extents, strides, dilations and padding. */
  public Window window() {
    return window;
  }

  /** The output's extent along an axis; 0 or less if nothing is left of it. */
  public long output(int axis, int input) {
    return (input - 1L) * stride(axis) + reach(axis) - before(axis) - after(axis);
  }

  /** The output's extents, and that many channels, for an input of that shape. */
  public int[] outputShape(int[] inputShape, int channels) {
    int[] shape = Arrays.copyOf(inputShape, window.axes() + 1);
    for (int axis = 0; axis < window.axes(); axis++) {
      shape[axis] = (int) output(axis, inputShape[axis]);
    }
    shape[window.axes()] = channels;
    return shape;
  }

  /** The positions that are cut at the beginning of an axis. */
  public long before(int axis) {
    long last = reach(axis) - 1;
    return window.padding() == Padding.VALID ? 0 : last - Math.min((kept(axis) + 1) / 2, last);
  }

  /** The positions that are cut at the end of an axis; those that are added if negative. */
  public long after(int axis) {
    return window.padding() == Padding.VALID
        ? -added(axis, Math.max(stride(axis) - reach(axis), 0))
        : 2 * (reach(axis) - 1) - kept(axis) - before(axis);
  }

  /** With padding, the positions that stay of the kernel's overhang at both ends together. */
  private long kept(int axis) {
    long odd = reach(axis) % 2;
    return reach(axis) + odd - 2 + added(axis, stride(axis) - odd);
  }

  private long added(int axis, long otherwise) {
    return outputPadding.map(given -> (long) given[axis]).orElse(otherwise);
  }

  private int stride(int axis) {
    return window.strides()[axis];
  }

  private long reach(int axis) {
    return window.reach(axis);
  }
}
