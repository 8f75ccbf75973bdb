package org.lossbook.engine;

import java.util.Arrays;

/**
 * A parameter of a layer, as the layer declares it.
 *
 * @param name Keras's name within the layer: {@code kernel}, {@code bias}, {@code gamma}
 * @param shape in Keras's layout: a convolution's kernel is {@code [height, width, in / groups,
 *     out]}, a dense kernel {@code [in, out]}
 * @param initializer draws the initial values
 * @param trainable whether it has a gradient, unlike moving statistics
 */
public record Parameter(String name, int[] shape, Initializer initializer, boolean trainable) {
  /** A trainable parameter. */
  public static Parameter trained(String name, Initializer initializer, int... shape) {
    return new Parameter(name, shape, initializer, true);
  }

  /** A non-trainable parameter, such as a moving average. */
  public static Parameter kept(String name, Initializer initializer, int... shape) {
    return new Parameter(name, shape, initializer, false);
  }

  /** The number of weights. */
  public int size() {
    return Shapes.size(shape);
  }

  /** The same parameter, not trainable. */
  public Parameter frozen() {
    return new Parameter(name, shape, initializer, false);
  }

  /** The same parameter with these initial values. */
  public Parameter startingWith(float[] values) {
    return new Parameter(
        name,
        shape,
        (into, itsShape, random) -> System.arraycopy(values, 0, into, 0, into.length),
        trainable);
  }

  /** The same parameter under another name, e.g. with its layer's name before it. */
  public Parameter renamed(String newName) {
    return new Parameter(newName, shape, initializer, trainable);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
