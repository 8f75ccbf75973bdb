package org.lossbook.layer.attention;

import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;

/**
 * What attention is applied to: a query, which asks, a value, which is asked, and a key for each
 * step of the value, the value itself unless another is given.
 */
record Sequences<T>(T query, T value, T key) {
  /** Of one value, which asks itself, or of two or three. */
  static <T> Sequences<T> of(String who, List<T> given) {
    if (given.isEmpty() || given.size() > 3) {
      throw Messages.wrong(
          "%s expects a query, a value and at most a key but receives %d values: write of(query,"
              + " value, key).",
          who, given.size());
    }
    T query = given.get(0);
    T value = given.size() > 1 ? given.get(1) : query;
    return new Sequences<>(query, value, given.size() > 2 ? given.get(2) : value);
  }

  /** Refuses shapes that are not sequences, or where value and key differ in length. */
  static Sequences<int[]> ofShapes(String who, List<int[]> shapes) {
    for (int[] shape : shapes) {
      if (shape.length < 2) {
        throw Messages.wrong(
            "%s expects sequences [batch, steps, features] but receives %s: add %s before it.",
            who,
            LayerChecks.batched(shape),
            shape.length == 0 ? "reshape(1, 1)" : "reshape(" + shape[0] + ", 1)");
      }
    }
    Sequences<int[]> all = of(who, shapes);
    if (steps(all.value) != steps(all.key)) {
      throw Messages.wrong(
          "%s expects a key for each step of the value but receives %s and %s: give both the same"
              + " length.",
          who, LayerChecks.batched(all.value), LayerChecks.batched(all.key));
    }
    return all;
  }

  /** The number of steps of a sequence; of an image the number of its pixels. */
  static int steps(int... shape) {
    int steps = 1;
    for (int axis = 0; axis < shape.length - 1; axis++) {
      steps *= shape[axis];
    }
    return steps;
  }

  /** A sequence's mask, with a number for each step. */
  static Optional<Tensor> mask(Graph graph, Tensor sequence) {
    return LayerValue.mask(sequence)
        .map(
            mask -> mask.shape().length == 1 ? mask : graph.reshape(mask, steps(sequence.shape())));
  }

  /** The mask of the keys: that of the value, and that of the key where it is another. */
  static Optional<Tensor> keyMask(Graph graph, Sequences<Tensor> all) {
    Optional<Tensor> value = mask(graph, all.value);
    Optional<Tensor> key = all.key == all.value ? Optional.empty() : mask(graph, all.key);
    return value.isPresent() && key.isPresent()
        ? Optional.of(graph.product(value.get(), key.get()))
        : value.or(() -> key);
  }
}
