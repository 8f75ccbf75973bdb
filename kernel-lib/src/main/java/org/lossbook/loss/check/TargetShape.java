package org.lossbook.loss.check;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Target;

/**
 * The shape of a target where a model's output has several positions: as Keras takes it, with or
 * without ones at its end, or as one row of as many numbers.
 *
 * @hidden
 */
@Internal
public final class TargetShape {
  private final LossSpec loss;
  private final int[] output;
  private final int width;

  /**
   * @param output the shape of a prediction
   */
  public TargetShape(LossSpec loss, int... output) {
    this.loss = loss;
    this.output = output.clone();
    width = Shapes.last(output);
  }

  /**
   * Refuses targets that the loss has no meaning for.
   *
   * @param who the caller: {@code fit}
   * @throws IllegalArgumentException with the shape that was expected, and what to do
   */
  public void check(String who, int... target) {
    if (!fits(target, expected())) {
      throw Messages.wrong(
          "%s expects targets %s, one for each position of the model's output %s, but receives %s: %s.",
          who,
          described(),
          Arrays.toString(output),
          target.length == 0
              ? "one number for each sample"
              : Arrays.toString(target) + " for each sample",
          fix(target));
    }
    LossChecks.targetWidth(loss, loss.targets(width), width);
  }

  /** The shape of a target. */
  private int[] expected() {
    return loss.targets(width) == width && !loss.target().isOnePerSample()
        ? output
        : Arrays.copyOf(output, output.length - 1);
  }

  private static boolean fits(int[] target, int[] expected) {
    boolean isFlat = Shapes.trimmed(target).length == 1;
    return Arrays.equals(Shapes.trimmed(target), Shapes.trimmed(expected))
        || isFlat && Shapes.count(target) == Shapes.count(expected);
  }

  private String described() {
    String shape = Arrays.toString(expected());
    if (loss.target().isOnePerSample()) {
      int[] withOne = Arrays.copyOf(output, output.length);
      withOne[output.length - 1] = 1;
      String labels = loss.target() == Target.LABEL ? " of labels 0…" + (width - 1) : "";
      return shape + " or " + Arrays.toString(withOne) + labels;
    }
    return shape + (loss.target() == Target.DISTRIBUTION ? " of one-hot rows" : "");
  }

  private String fix(int... target) {
    int[] positions = Arrays.copyOf(output, output.length - 1);
    if (loss.target() == Target.LABEL && fits(target, output)) {
      return "use categoricalCrossentropy() for one-hot rows";
    }
    if (loss.target() == Target.DISTRIBUTION && fits(target, positions)) {
      return "use sparseCategoricalCrossentropy() for integer labels";
    }
    int whole = loss.targets(width);
    if (Shapes.count(target) == whole) {
      return output.length == 3
          ? "add globalAveragePooling2d() as the last layer for one prediction a sample"
          : "add flatten() before the last layer for one prediction a sample";
    }
    boolean isSameRank = Shapes.trimmed(target).length == Shapes.trimmed(expected()).length;
    boolean isSmaller =
        isSameRank && IntStream.range(0, positions.length).anyMatch(i -> positions[i] < target[i]);
    return isSmaller
        ? "keep the size of the input with .same() in the convolutions, or give targets of the output's size"
        : "give targets of that shape";
  }
}
