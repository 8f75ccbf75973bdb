package org.lossbook.layer.rnn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.LayerChecks;

/** Checks of what a recurrent layer or a cell is applied to. */
final class CellInputs {
  private CellInputs() {}

  /** Refuses states of another number or of other shapes. */
  static void requireStates(String who, List<int[]> expected, List<int[]> given, String first) {
    boolean fits = expected.size() == given.size();
    for (int i = 0; fits && i < given.size(); i++) {
      fits = Arrays.equals(expected.get(i), given.get(i)) || !Shapes.areFixed(given.get(i));
    }
    if (!fits) {
      throw Messages.wrong(
          "%s expects %s and then %s but receives %s: write of(x, %s).",
          who,
          first,
          listed("state", expected),
          listed("value", given),
          expected.size() == 1 ? "h" : expected.size() == 2 ? "h, c" : "h, …");
    }
  }

  private static String listed(String what, List<int[]> shapes) {
    return shapes.isEmpty()
        ? "no " + what + "s"
        : Messages.of(
            "%d %s%s %s",
            shapes.size(),
            what,
            shapes.size() == 1 ? "" : "s",
            shapes.stream().map(LayerChecks::batched).collect(Collectors.joining(" and ")));
  }
}
