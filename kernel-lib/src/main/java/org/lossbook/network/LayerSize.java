package org.lossbook.network;

import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Shapes;

/** Checks that a layer's output and weights fit into one array each. */
final class LayerSize {
  private static final long MOST = Integer.MAX_VALUE;

  private LayerSize() {}

  /** Rejects a layer whose output or weights are too many for one array. */
  static void check(String name, int[] output, List<Parameter> parameters) {
    long numbers = Shapes.areFixed(output) ? Shapes.count(output) : 0; // checked once it is known
    if (numbers > MOST) {
      throw Messages.wrong(
          "%s gives %s for one sample, %s numbers or %s of memory, but %s: make %s smaller.",
          name, Shapes.withBatch(output), count(numbers), bytes(numbers), most(), name);
    }
    for (Parameter parameter : parameters) {
      long size = Shapes.count(parameter.shape());
      if (size > MOST) {
        throw Messages.wrong(
            "%s needs a %s, %s numbers or %s of memory, but %s: make %s smaller, or what comes"
                + " before it.",
            name,
            parameter.toString().substring(name.length() + 1),
            count(size),
            bytes(size),
            most(),
            name);
      }
    }
  }

  private static String most() {
    return Messages.of(
        "this machine has %s and one array at most %,d numbers",
        Memory.text(Memory.machine()), MOST);
  }

  private static String count(long numbers) {
    return numbers == Long.MAX_VALUE ? "too many" : Messages.of("%,d", numbers);
  }

  private static String bytes(long numbers) {
    return Memory.text(Memory.product(Float.BYTES, numbers));
  }
}
