package org.lossbook.layer;

/**
 * A value in a network that is no straight line: an {@link Input}, or what a layer gives for other
 * values, {@link Layer#of}. Compared by identity: two calls of {@code input(3)} are two inputs.
 */
public sealed interface Node permits Input, LayerCall {
  /** The shape of one sample, without the batch. */
  int[] shape();
}
