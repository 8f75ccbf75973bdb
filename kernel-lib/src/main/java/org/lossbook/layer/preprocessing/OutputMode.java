package org.lossbook.layer.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Encoding;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;

/**
 * What a layer makes of categories: their numbers, or rows by an encoding.
 *
 * @param encoding none for the numbers
 */
record OutputMode(Optional<Encoding> encoding) {
  /** Their numbers. */
  static final OutputMode INT = new OutputMode(Optional.empty());

  /** The encoding of that name in Keras. */
  static OutputMode named(String who, String name, List<String> known) {
    if (name == null || !known.contains(name)) {
      throw Messages.wrong(
          "%s expects an output mode of %s but receives %s: use one of these names.",
          who, String.join(", ", known), name == null ? "null" : Shown.of(name));
    }
    return Arrays.stream(Encoding.values())
        .filter(each -> kerasName(each).equals(name))
        .findFirst()
        .map(each -> new OutputMode(Optional.of(each)))
        .orElse(INT);
  }

  private static String kerasName(Encoding encoding) {
    return encoding.name().toLowerCase(Locale.ROOT);
  }

  String kerasName() {
    return encoding.map(OutputMode::kerasName).orElse("int");
  }

  /** The output shape for categories of that shape. */
  int[] shape(String who, int categories, int... sample) {
    if (encoding.isEmpty()) {
      return sample.clone();
    }
    if (sample.length == 0 && encoding.get() != Encoding.ONE_HOT) {
      throw Messages.wrong(
          "%s expects several categories a sample for %s but receives %s: add reshape(1) before it, or take outputMode(\"one_hot\").",
          who, kerasName(), LayerChecks.batched(sample));
    }
    int[] shape = encoding.get().shape(categories, sample);
    LayerChecks.requireHoldable(who, shape);
    return shape;
  }

  Tensor build(Graph graph, Tensor categories, int count) {
    return encoding.map(how -> graph.encoding(categories, how, count)).orElse(categories);
  }

  /** The bounds of the output where a sample has so many categories. */
  Bounds bounds(int categories, int sampleSize) {
    if (encoding.isEmpty()) {
      return Bounds.between(0, categories - 1.0);
    }
    return switch (encoding.get()) {
      case ONE_HOT -> new Bounds(0, 1, true);
      case MULTI_HOT -> Bounds.between(0, 1);
      case COUNT -> Bounds.between(0, sampleSize);
    };
  }
}
