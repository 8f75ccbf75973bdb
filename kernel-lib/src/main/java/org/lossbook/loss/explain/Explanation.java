package org.lossbook.loss.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.formula.WorkedSteps;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.evaluate.SharedEvaluator;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Part;
import org.lossbook.loss.spec.Reduction;
import org.lossbook.notebook.InterruptedWork;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;

/**
 * Worked steps of a loss with the reader's numbers: a row for each sample's term, then the sum, the
 * divisor and the result.
 */
public final class Explanation implements Renderable {
  private static final int SAMPLES = 12;

  private final LossSpec loss;
  private final String title;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();
  private final double value;

  Explanation(
      LossSpec loss, String title, List<String> header, List<List<String>> rows, double value) {
    this.loss = loss;
    this.title = title;
    this.header = header;
    this.rows.addAll(rows);
    this.value = value;
  }

  /** The sums over the batch, and what the loss makes of them. */
  static Explanation ofWholeBatch(LossSpec loss, LossInputs in) {
    Expr objective = loss.objective(false);
    Explanation table = ofBatch(loss, in, objective);
    WorkedSteps worked = worked(loss, in);
    WorkedSteps.sums(objective)
        .forEach(sum -> table.last(sum.toString(), worked.value(sum, 0), false));
    table.last(String.join(" = ", worked.steps(objective, 0)), table.value, true);
    return table;
  }

  /** Each of the numbers over the batch that the loss is made of, and what it makes of them. */
  static Explanation ofParts(LossSpec loss, LossInputs in) {
    boolean weighted = in.counts().isPresent();
    Explanation table = ofBatch(loss, in, loss.objective(weighted));
    WorkedSteps worked = worked(loss, in);
    List<Expr> numbers = new ArrayList<>();
    for (Part part : loss.parts(weighted)) {
      double number = worked.value(part.value(), 0);
      numbers.add(Expr.of(number));
      table.last(part.value().toString(), number, false);
    }
    table.last(loss.formula().finished(numbers).toString(), table.value, true);
    return table;
  }

  /** The samples, of which none has a term of its own. */
  private static Explanation ofBatch(LossSpec loss, LossInputs in, Expr objective) {
    List<String> header = List.of("i", "y", loss.p().toString(), "", "");
    String title = loss.name() + " = " + asWide(objective, in);
    double value = new SharedEvaluator(loss).value(in);
    Explanation table = new Explanation(loss, title, header, List.of(), value);
    for (int r = 0; r < Math.min(in.rows(), SAMPLES); r++) {
      table.rows.add(row(in, r, "", ""));
    }
    table.moreThan(SAMPLES, in.rows());
    return table;
  }

  private static WorkedSteps worked(LossSpec loss, LossInputs in) {
    Map<Expr, double[]> numbers = new HashMap<>(Map.of(loss.y(), in.knownY(), loss.p(), in.yHat()));
    in.counts().ifPresent(counts -> numbers.put(Reduction.WEIGHT, counts));
    int rows = in.rows();
    return new WorkedSteps(
        numbers, rows, in.columns(), row -> InterruptedWork.check("explain", row, rows, "samples"));
  }

  Explanation(LossSpec loss, LossInputs in) {
    this.loss = loss;
    Optional<double[]> counts = in.counts();
    boolean weighted = counts.isPresent();
    Expr declared = loss.perSample();
    Expr term = asWide(declared, in);
    Expr weightedTerm = weighted ? Reduction.WEIGHT.times(term) : term;
    boolean isMeanOfMeans = !weighted && in.columns() > 1 && loss.reduction() != Reduction.SUM;
    this.title =
        loss.name()
            + " = "
            + (isMeanOfMeans
                ? loss.formula().finished(List.of(declared.meanOfSamples()))
                : asWide(loss.objective(weighted), in));
    this.header =
        List.of("i", "y", loss.prediction().isLogit() ? "z" : "ŷ", weightedTerm.ofSample(), "");
    WorkedSteps worked = worked(loss, in);
    double sum = 0;
    int ignored = 0;
    for (int r = 0; r < in.rows(); r++) {
      InterruptedWork.check("explain", r, in.rows(), "samples");
      if (in.isIgnored(r)) {
        ignored++;
        if (r < SAMPLES) {
          rows.add(row(in, r, "ignored", ""));
        }
        continue;
      }
      double each = worked.value(weightedTerm, r);
      sum += each;
      if (r < SAMPLES) {
        String steps = String.join(" = ", worked.steps(weightedTerm, r));
        rows.add(row(in, r, steps, Numbers.text(each)));
      }
    }
    moreThan(SAMPLES, in.rows());
    this.value = new SharedEvaluator(loss).value(in);
    conclude(sum, counts, in.rows(), ignored);
  }

  /** Without the means along rows, where a row is one number. */
  private static Expr asWide(Expr e, LossInputs in) {
    return in.columns() == 1 ? e.forOneOutput() : e;
  }

  private static List<String> row(LossInputs in, int r, String steps, String result) {
    return List.of(
        Integer.toString(r + 1),
        cells(in.y(), r, in.y().length / in.rows()),
        cells(in.yHat(), r, in.columns()),
        steps,
        result);
  }

  private void moreThan(int shown, int samples) {
    if (samples > shown) {
      rows.add(List.of("…", "", "", (samples - shown) + " more samples", ""));
    }
  }

  /** From the sum of the rows to the loss: the divisor, and what is done at the very end. */
  private void conclude(double sum, Optional<double[]> counts, int rows, int ignored) {
    int samples = rows - ignored;
    Reduction reduction = loss.reduction();
    boolean isLast = loss.formula().isSumOverSamples();
    boolean isSum = reduction == Reduction.SUM;
    last("sum", sum, isSum && isLast);
    double weights = counts.map(all -> Arrays.stream(all).sum()).orElse((double) samples);
    double divisor = reduction.divisor(samples, weights);
    double mean = divisor == 0 ? 0 : sum / divisor;
    if (!isSum) {
      last(
          reduction == Reduction.WEIGHTED_MEAN && counts.isPresent()
              ? "divided by the sum of the weights, " + Numbers.text(weights)
              : "divided by n = "
                  + samples
                  + (samples == 1 ? " sample" : " samples")
                  + (ignored == 0 ? "" : ", without the " + ignored + " ignored"),
          mean,
          isLast);
    }
    if (!isLast) {
      last(loss.formula().finished(List.of(Expr.of(mean))).toString(), value, true);
    }
  }

  private void last(String what, double number, boolean isResult) {
    rows.add(List.of("", "", "", what, Numbers.text(number) + (isResult ? unit() : "")));
  }

  /** The loss, as {@code of} gives it. */
  public double value() {
    return value;
  }

  private String unit() {
    return loss.unit().isEmpty() ? "" : " " + loss.unit();
  }

  private static String cells(double[] numbers, int row, int width) {
    String text =
        Arrays.stream(numbers, row * width, (row + 1) * width)
            .limit(SAMPLES)
            .mapToObj(Numbers::text)
            .collect(Collectors.joining(", "));
    return width == 1 ? text : "(" + text + (width > SAMPLES ? ", …)" : ")");
  }

  private TextTable table() {
    return TextTable.plain(title, header, rows);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return table().mimeBundle();
  }

  /** The same table in columns of text. */
  @Override
  public String toString() {
    return table().toString();
  }
}
