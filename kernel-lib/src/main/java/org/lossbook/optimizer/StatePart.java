package org.lossbook.optimizer;

/**
 * The part of an optimizer's state vector that is of one parameter.
 *
 * @param offset the index of its first number in the state vector
 * @param shape as in Keras's file
 * @param isPlaceholder whether Keras keeps the number 0 in its place
 */
public record StatePart(int offset, int[] shape, boolean isPlaceholder) {
  static final StatePart PLACEHOLDER = new StatePart(0, new int[0], true);

  StatePart(int offset, int... shape) {
    this(offset, shape, false);
  }
}
