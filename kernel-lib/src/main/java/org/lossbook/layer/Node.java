package org.lossbook.layer;

/**
 * A symbolic value in a network that branches: an {@link Input}, or the output of a layer applied
 * to other values, {@link Layer#of}. Compared by identity: two calls of {@code input(3)} are two
 * inputs.
 */
public sealed interface Node permits Input, LayerCall {
  /** The shape of one sample, without the batch. */
  int[] shape();
}
