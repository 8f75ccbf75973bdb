package org.lossbook.plot;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * ROC and precision-recall curves: how well scores separate positives from negatives at every
 * threshold, a line for each class.
 *
 * @hidden
 */
@Internal
public final class RankingFigure {
  /** More names cannot be read beside the lines. */
  private static final int MOST = 10;

  private static final int NAMED = 7;

  private RankingFigure() {}

  /**
   * One class against all others.
   *
   * @param name of the class; empty where there is only one
   * @param x along the horizontal axis, in increasing order
   * @param y one for each x
   * @param area under the curve; NaN where the class has no curve
   * @param share of positives, which is the precision of guessing
   * @hidden
   */
  @Internal
  public record Line(String name, double[] x, double[] y, double area, double share) {
    private String label() {
      return (name.isEmpty() ? "AUC " : name + ": ") + text(area);
    }
  }

  /**
   * An annotated point on a single curve.
   *
   * @param text beside it: {@code threshold 0.5}
   * @hidden
   */
  @Internal
  public record Point(double x, double y, String text) {}

  /**
   * The ROC curve (receiver operating characteristic): true positive rate over false positive rate.
   *
   * @throws IllegalArgumentException where no class has a curve
   */
  public static Figure roc(List<Line> lines, Optional<Point> point) {
    String title = title("rocCurve", lines);
    return figure(
        "ROC curve",
        Curves.of(title, "false positive rate", "true positive rate"),
        drawn(lines),
        point,
        Series.straight("guessing: 0.5", Role.GUESSING, 0, 1));
  }

  /**
   * The precision-recall curve: precision over recall.
   *
   * @throws IllegalArgumentException where no class has a curve
   */
  public static Figure precisionRecall(List<Line> lines, Optional<Point> point) {
    String title = title("precisionRecallCurve", lines);
    List<Line> drawn = drawn(lines);
    double share = drawn.stream().mapToDouble(Line::share).average().orElse(0);
    String name = drawn.size() == 1 ? "guessing: " + text(share) : "guessing, on average";
    return figure(
        "Precision over recall",
        Curves.of(title, "recall", "precision"),
        drawn,
        point,
        Series.straight(name, Role.GUESSING, share, share));
  }

  private static Figure figure(
      String what, Curves axes, List<Line> lines, Optional<Point> point, Series guessing) {
    Curves curves = axes.ofShares();
    for (Line line : lines) {
      Role role = lines.size() == 1 ? Role.PREDICTION : Role.COMPARED;
      curves = curves.with(line.label(), role, line.x(), line.y());
    }
    curves = curves.with(guessing);
    if (point.isPresent()) {
      curves = curves.mark(point.get().x(), point.get().y(), point.get().text());
    }
    String areas = lines.stream().map(Line::label).collect(Collectors.joining(", "));
    String title = axes.title().isEmpty() ? "" : ", " + axes.title();
    String at =
        point
            .map(
                p ->
                    Messages.of(
                        "; at %s: %s %s, %s %s",
                        p.text(), axes.xLabel(), text(p.x()), axes.yLabel(), text(p.y())))
            .orElse("");
    String alt = Messages.of("%s%s: %s; %s%s.", what, title, areas, guessing.name(), at);
    return CurveFigure.of(List.of(curves), CurveFigure.HEIGHT, alt);
  }

  /** All, or those with the smallest area where there are too many; never one without a curve. */
  private static List<Line> drawn(List<Line> lines) {
    List<Line> there = lines.stream().filter(line -> !Double.isNaN(line.area())).toList();
    return there.size() <= MOST
        ? there
        : there.stream().sorted(Comparator.comparingDouble(Line::area)).limit(NAMED).toList();
  }

  private static String title(String who, List<Line> lines) {
    List<Line> drawn = drawn(lines);
    if (drawn.isEmpty()) {
      throw new IllegalArgumentException(
          who
              + " expects positive and negative samples but receives only one kind: give it a dataset with both.");
    }
    String missing =
        lines.stream()
            .filter(line -> Double.isNaN(line.area()))
            .map(Line::name)
            .limit(NAMED)
            .collect(Collectors.joining(", "));
    String without = missing.isEmpty() ? "" : "without " + missing + ", which never occurs";
    String hardest =
        drawn.size() + (missing.isEmpty() ? 0 : 1) < lines.size() && lines.size() > MOST
            ? "the " + drawn.size() + " hardest of " + lines.size() + " classes, by area"
            : lines.size() > 1 ? "each class against all others, with its area" : "";
    return hardest.isEmpty() || without.isEmpty() ? hardest + without : hardest + "; " + without;
  }

  private static String text(double area) {
    return String.format(Locale.ROOT, area > 0.999 && area < 1 ? "%.5f" : "%.3f", area);
  }
}
