package org.lossbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.view.Descriptions;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.SourceView;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/** A view whose targets have been transformed by a function, all at once. */
final class MappedTargets extends SourceView {
  private final SampleSource targets; // its samples are only placeholders

  private MappedTargets(SampleSource base, SampleSource targets) {
    super(base);
    this.targets = targets;
  }

  static SampleSource of(SampleSource base, Function<? super Values, ?> function) {
    if (function == null) {
      throw new IllegalArgumentException(
          "map expects a function of a target but receives null: write map(x -> x, y -> …).");
    }
    int[] order = IntStream.range(0, base.size()).toArray();
    int[] shape = base.targetShape();
    float[] y = new float[MappedSamples.size(shape)];
    int[] becomes = {};
    float[] all = {};
    for (int i = 0; i < order.length; i++) {
      base.gatherY(order, i, 1, y);
      Values made = MappedSamples.applied(function, y, shape, i);
      if (i == 0) {
        becomes = made.shape();
        all =
            new float
                [Memory.length(
                    "map",
                    Float.BYTES,
                    "give each target fewer numbers",
                    order.length,
                    made.size())];
      } else if (!Arrays.equals(becomes, made.shape())) {
        throw Messages.wrong(
            "map expects targets of one shape but receives %s for sample %s where the first one became %s: give each as many numbers.",
            Arrays.toString(made.shape()), Descriptions.count(i), Arrays.toString(becomes));
      }
      System.arraycopy(made.toFloats(), 0, all, i * made.size(), made.size());
    }
    int[] whole = Shapes.batched(order.length, becomes);
    float[] positions = new float[order.length];
    return new MappedTargets(base, ArraySource.of("dataset", positions, Values.of(all, whole)));
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new MappedTargets(other, targets);
  }

  @Override
  public int[] targetShape() {
    return targets.targetShape();
  }

  @Override
  public List<int[]> targetShapes() {
    return targets.targetShapes();
  }

  @Override
  public boolean hasLabels() {
    return targets.hasLabels();
  }

  @Override
  public List<String> classNames() {
    return targets.classNames();
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    targets.gatherY(order, from, count, into);
  }
}
