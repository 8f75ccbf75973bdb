package org.lossbook.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.formula.Numbers;
import org.lossbook.notebook.TextTable;

/**
 * A tally that can say how it comes to its figure.
 *
 * @hidden
 */
@Internal
public interface WorkedTally {
  /** Of so many samples the rows are shown. */
  int SAMPLES = 12;

  /**
   * Samples in rows.
   *
   * @param targets the numbers of a truth
   * @param outputs the numbers of a prediction
   * @hidden
   */
  @Internal
  record Samples(
      float[] y, float[] yHat, Optional<float[]> weights, int rows, int targets, int outputs) {}

  /**
   * The worked steps: rows for samples, then what is made of them.
   *
   * @param given the samples, which were added
   */
  Steps steps(Samples given);

  /**
   * The rows of a table: what, its number.
   *
   * @param formula of the figure, empty where the rows say it
   * @param samples a text and a number for each sample
   * @param conclusion what is made of them, the figure at the end
   * @hidden
   */
  @Internal
  record Steps(String formula, List<Line> samples, List<Line> conclusion) {}

  /**
   * A step.
   *
   * @param what in words or numbers
   * @param result its number as text, or empty
   * @hidden
   */
  @Internal
  record Line(String what, String result) {
    /** The same with words before it. */
    public Line after(String words) {
      return new Line(words + what, result);
    }

    /** With a number. */
    public static Line of(String what, double number) {
      return new Line(what, Numbers.text(number));
    }
  }

  /** The table of the steps. */
  default TextTable table(String name, Samples given) {
    Steps steps = steps(given);
    List<List<String>> rows = new ArrayList<>();
    int shown = Math.min(SAMPLES, steps.samples.size());
    for (int r = 0; r < shown; r++) {
      Line line = steps.samples.get(r);
      rows.add(
          List.of(
              Integer.toString(r + 1),
              cells(given.y(), r, given.targets()),
              cells(given.yHat(), r, given.outputs()),
              line.what,
              line.result));
    }
    if (steps.samples.size() > shown) {
      rows.add(List.of("…", "", "", (steps.samples.size() - shown) + " more samples", ""));
    }
    steps.conclusion.forEach(line -> rows.add(List.of("", "", "", line.what, line.result)));
    String title = steps.formula.isEmpty() ? name : name + " = " + steps.formula;
    return TextTable.plain(title, List.of("i", "y", "ŷ", "", ""), rows);
  }

  private static String cells(float[] numbers, int row, int width) {
    String text =
        IntStream.range(row * width, row * width + Math.min(width, SAMPLES))
            .mapToObj(i -> Numbers.brief(numbers[i]))
            .collect(Collectors.joining(", "));
    return width == 1 ? text : "(" + text + (width > SAMPLES ? ", …)" : ")");
  }
}
