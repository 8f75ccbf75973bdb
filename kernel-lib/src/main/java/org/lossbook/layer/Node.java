package org.lossbook.layer;

/**
 * A symbolic value in a network that branches: an {@link Input}, or the output of a layer applied
 * to other values, {@link Layer#of}. Compared by identity: two calls of {@code input(3)} are two
 * inputs.
 */
public sealed interface Node permits Input, LayerCall {
  /** The shape of one sample, without the batch. */
  int[] shape();

  /**
   * An output of a layer that has several: 0 is this value itself, and the states of a recurrent
   * layer with {@code returnState()} follow.
   *
   * <pre>{@code
   * var h = lstm(64).returnState().of(x);     // the output
   * var state = h.output(1);                  // and the state it ends with
   * }</pre>
   *
   * @throws IllegalArgumentException if there is no such output
   */
  Node output(int index);
}
