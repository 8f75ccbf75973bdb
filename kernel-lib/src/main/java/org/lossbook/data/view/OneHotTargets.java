package org.lossbook.data.view;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;

/**
 * A view with one-hot targets: 1 at the class, 0 elsewhere.
 *
 * @hidden
 */
@Internal
public final class OneHotTargets extends SourceView {
  private final int classes;

  private OneHotTargets(SampleSource base, int classes) {
    super(base);
    this.classes = classes;
  }

  public static SampleSource of(SampleSource base) {
    boolean haveMasks = isMask(base.targetShape()) && base.classNames().size() > 1;
    if (haveMasks) {
      return of(base, base.classNames().size());
    }
    if (!base.hasLabels()) {
      throw Messages.wrong(
          "oneHot expects class labels but receives targets %s: labels are integers 0 to k-1.",
          Arrays.toString(base.targetShape()));
    }
    return new OneHotTargets(base, base.classNames().size());
  }

  /** One-hot targets for a given number of classes, whether or not each occurs. */
  public static SampleSource of(SampleSource base, int classes) {
    if (classes < 2) {
      throw Messages.wrong(
          "oneHot expects 2 classes or more but receives %d: it is the length of a row.", classes);
    }
    boolean isLabel = base.targetShape().length == 0 || isMask(base.targetShape());
    if (base.targetShapes().size() != 1 || !isLabel) {
      throw Messages.wrong(
          "oneHot expects a label for each sample but receives targets %s: labels are integers 0 to k-1.",
          Arrays.toString(base.targetShape()));
    }
    LabelDetection.firstOutside(base, classes)
        .ifPresent(
            outside -> {
              throw Messages.wrong(
                  "oneHot expects labels from 0 to %d but sample %s has %s: %s.",
                  classes - 1,
                  Descriptions.count(outside.index()),
                  Descriptions.number(outside.value()),
                  outside.value() == Math.rint(outside.value()) && outside.value() > 0
                      ? "write oneHot(" + Descriptions.number(outside.value() + 1.0) + ") or more"
                      : "labels are integers 0 to k-1");
            });
    return new OneHotTargets(base, classes);
  }

  /** Whether a target is a label for each pixel. */
  private static boolean isMask(int[] target) {
    return target.length == 2;
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new OneHotTargets(other, classes);
  }

  @Override
  public List<int[]> targetShapes() {
    return List.of(targetShape());
  }

  @Override
  public int[] targetShape() {
    int[] labels = base.targetShape();
    int[] rows = Arrays.copyOf(labels, labels.length + 1);
    rows[labels.length] = classes;
    return rows;
  }

  @Override
  public boolean hasLabels() {
    return false;
  }

  @Override
  public List<String> classNames() {
    List<String> names = base.classNames();
    return names.size() == classes
        ? names
        : IntStream.range(0, classes)
            .mapToObj(i -> i < names.size() ? names.get(i) : Integer.toString(i))
            .toList();
  }

  /** Reads the labels to the start of the array, then expands them backwards in place. */
  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    int positions = Shapes.size(base.targetShape());
    IndexChecks.gather("gatherY", order, from, count, into, size(), positions * classes);
    base.gatherY(order, from, count, into);
    for (int i = count * positions - 1; i >= 0; i--) {
      int label = (int) into[i];
      Arrays.fill(into, i * classes, (i + 1) * classes, 0);
      into[i * classes + label] = 1;
    }
  }
}
