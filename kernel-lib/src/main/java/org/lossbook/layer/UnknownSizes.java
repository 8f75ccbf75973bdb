package org.lossbook.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Shapes;

/**
 * Shapes whose length or size only the data tells. A layer need not know of them: it is asked about
 * two sizes, and what differs between its answers is not fixed either.
 *
 * <p>The sizes are powers of two, so that a network that halves and doubles them fits together, and
 * smaller for more unknown extents, so that samples of them can be held.
 */
final class UnknownSizes {
  private static final int[] PROBES = {4096, 256, 64};

  private UnknownSizes() {}

  /** The output shape for these input shapes. */
  static int[] output(Function<List<int[]>, int[]> outputOf, List<int[]> inputs) {
    if (Shapes.areFixed(inputs)) {
      return outputOf.apply(inputs);
    }
    int[] smaller = asked(outputOf, probe(inputs), inputs);
    int[] larger = asked(outputOf, probes(inputs, 2), inputs);
    int[] output = smaller.clone();
    for (int axis = 0; axis < output.length; axis++) {
      if (smaller[axis] != larger[axis]) {
        output[axis] = Shapes.ANY;
      }
    }
    return output;
  }

  /** A refusal speaks of the shapes as they are, not of the sizes that were tried. */
  private static int[] asked(
      Function<List<int[]>, int[]> outputOf, List<int[]> tried, List<int[]> inputs) {
    try {
      return outputOf.apply(tried);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      for (int i = 0; i < inputs.size(); i++) {
        message =
            message.replace(LayerChecks.batched(tried.get(i)), LayerChecks.batched(inputs.get(i)));
      }
      throw new IllegalArgumentException(message, e);
    }
  }

  /** The parameters for these input shapes, which must not depend on what is not fixed. */
  static List<Parameter> parameters(
      Layer layer, Function<List<int[]>, List<Parameter>> parametersOf, List<int[]> inputs) {
    if (Shapes.areFixed(inputs)) {
      return parametersOf.apply(inputs);
    }
    List<Parameter> smaller = parametersOf.apply(probe(inputs));
    List<Parameter> larger = parametersOf.apply(probes(inputs, 2));
    for (int i = 0; i < smaller.size(); i++) {
      if (!Arrays.equals(smaller.get(i).shape(), larger.get(i).shape())) {
        throw Messages.wrong(
            "%s expects a fixed number of inputs, as its %s depends on it, but receives %s: give input(…) that extent, or put globalAveragePooling2d() or another layer before it that takes any size.",
            layer.kind(), smaller.get(i).name(), LayerChecks.batched(inputs.get(0)));
      }
    }
    return smaller;
  }

  /** The shapes with a size for those that are not fixed. */
  static List<int[]> probe(List<int[]> shapes) {
    return Shapes.areFixed(shapes) ? shapes : probes(shapes, 1);
  }

  private static List<int[]> probes(List<int[]> shapes, int times) {
    List<int[]> probes = new ArrayList<>();
    long most =
        shapes.stream()
            .mapToLong(shape -> Arrays.stream(shape).filter(e -> e == Shapes.ANY).count())
            .max()
            .orElse(0);
    int size = times * PROBES[(int) Math.min(Math.max(most, 1), PROBES.length) - 1];
    shapes.forEach(shape -> probes.add(Shapes.fixed(size, shape)));
    return probes;
  }
}
