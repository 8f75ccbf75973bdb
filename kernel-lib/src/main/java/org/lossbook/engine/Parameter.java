package org.lossbook.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * A parameter of a layer, as the layer declares it.
 *
 * @param name Keras's name within the layer: {@code kernel}, {@code bias}, {@code gamma}
 * @param shape in Keras's layout: a convolution's kernel is {@code [height, width, in / groups,
 *     out]}, a dense kernel {@code [in, out]}
 * @param initializer draws the initial values
 * @param trainable whether it has a gradient, unlike moving statistics
 * @param home where its weights lie, if another model has them already
 */
public record Parameter(
    String name, int[] shape, Initializer initializer, boolean trainable, Optional<Home> home) {
  /**
   * The place of weights in memory, {@link Parameters#home}: parameters with equal homes share
   * their weights.
   */
  public interface Home {}

  /** A parameter with weights of its own. */
  public Parameter(String name, int[] shape, Initializer initializer, boolean trainable) {
    this(name, shape, initializer, trainable, Optional.empty());
  }

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
    return trainable(false);
  }

  /** The same parameter, trainable or not. */
  public Parameter trainable(boolean isTrainable) {
    return new Parameter(name, shape, initializer, isTrainable, home);
  }

  /** The same parameter, with the weights that lie there already. */
  public Parameter at(Home place) {
    if (place == null) {
      throw new IllegalArgumentException(
          "A parameter expects the place of its weights but receives null: parameters.home(slot)"
              + " gives one.");
    }
    return new Parameter(name, shape, initializer, trainable, Optional.of(place));
  }

  /** The same parameter with these initial values, and weights of its own. */
  public Parameter startingWith(float[] values) {
    return new Parameter(
        name,
        shape,
        (into, itsShape, random) -> System.arraycopy(values, 0, into, 0, into.length),
        trainable);
  }

  /** The same parameter with values that another initializer draws. */
  public Parameter drawnBy(Initializer other) {
    return new Parameter(name, shape, other, trainable, home);
  }

  /** The same parameter under another name, e.g. with its layer's name before it. */
  public Parameter renamed(String newName) {
    return new Parameter(newName, shape, initializer, trainable, home);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
