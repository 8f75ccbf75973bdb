package org.lossbook.data.view;

import java.util.Arrays;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;

/**
 * A view whose targets are rows of labels of another length: labels first, which count from 1, then
 * 0.
 *
 * @hidden
 */
@Internal
public final class PaddedTargets extends SourceView {
  private final int length;
  private final int given;
  private float[] buffer = {};

  private PaddedTargets(SampleSource base, int length) {
    super(base);
    this.length = length;
    given = Shapes.size(base.targetShape());
  }

  /**
   * The same samples with targets of that length.
   *
   * @throws IllegalArgumentException where a target is no row
   */
  public static SampleSource of(SampleSource base, int length) {
    if (length < 1) {
      throw Messages.wrong(
          "paddedTargets expects a length of 1 or more but receives %d: it is that of a row of labels.",
          length);
    }
    if (base.targetShapes().size() != 1 || Shapes.trimmed(base.targetShape()).length > 1) {
      throw Messages.wrong(
          "paddedTargets expects a row of labels for each sample but receives targets %s: give [samples, labels].",
          Arrays.toString(base.targetShape()));
    }
    return new PaddedTargets(base, length);
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new PaddedTargets(other, length);
  }

  @Override
  public int[] targetShape() {
    return new int[] {length};
  }

  @Override
  public List<int[]> targetShapes() {
    return List.of(targetShape());
  }

  @Override
  public boolean hasLabels() {
    return false;
  }

  @Override
  public synchronized void gatherY(int[] order, int from, int count, float[] into) {
    IndexChecks.gather("gatherY", order, from, count, into, size(), length);
    buffer = buffer.length < count * given ? new float[count * given] : buffer;
    base.gatherY(order, from, count, buffer);
    Arrays.fill(into, 0, count * length, 0);
    for (int i = 0; i < count; i++) {
      int labels = 0;
      for (int k = i * given; k < (i + 1) * given; k++) {
        if (buffer[k] > 0) {
          if (labels < length) {
            into[i * length + labels] = buffer[k];
          }
          labels++;
        }
      }
      if (labels > length) {
        throw Messages.wrong(
            "A row of %d expects at most as many labels but sample %s has %d: leave it out, or let the model keep more steps.",
            length, Descriptions.count(order[from + i]), labels);
      }
    }
  }
}
