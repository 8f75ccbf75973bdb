package org.lossbook.data.view;

import java.util.Arrays;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * A one-vs-rest view: the label is 1 for one class, 0 for all others.
 *
 * @hidden
 */
@Internal
public final class OneAgainstRestTargets extends SourceView {
  private final int label;

  private OneAgainstRestTargets(SampleSource base, int label) {
    super(base);
    this.label = label;
  }

  public static SampleSource of(SampleSource base, int label) {
    if (!base.hasLabels()) {
      throw Messages.wrong(
          "oneAgainstRest expects class labels but receives targets %s: labels are integers 0 to k-1.",
          Arrays.toString(base.targetShape()));
    }
    int classes = base.classNames().size();
    if (label < 0 || label >= classes) {
      throw Messages.wrong(
          "oneAgainstRest expects a label from 0 to %d but receives %d: these are the classes %s.",
          classes - 1, label, String.join(", ", base.classNames()));
    }
    return new OneAgainstRestTargets(base, label);
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new OneAgainstRestTargets(other, label);
  }

  @Override
  public List<String> classNames() {
    String name = base.classNames().get(label);
    return List.of("not " + name, name);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    base.gatherY(order, from, count, into);
    for (int i = 0; i < count; i++) {
      into[i] = into[i] == label ? 1 : 0;
    }
  }
}
