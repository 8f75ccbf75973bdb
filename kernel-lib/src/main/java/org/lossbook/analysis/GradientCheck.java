package org.lossbook.analysis;

import static org.lossbook.notebook.TextTable.Column.numbers;
import static org.lossbook.notebook.TextTable.Column.words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.base.ProgressBar;
import org.lossbook.engine.Parameters;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.network.samples.BatchSamples;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.TrainingPlan;

/**
 * A gradient check: compares backpropagation with finite differences, weight by weight. Each weight
 * is moved slightly up and down; the change of the loss divided by the change of the weight must
 * match the gradient.
 *
 * <pre>{@code
 * gradientCheck(model, x, y)
 * gradientCheck(model, x, y).agrees()     // true
 * }</pre>
 *
 * <p>The network computes in floats, so its loss has rounding noise of about 1e-8, and a difference
 * over a small step has much more; relu makes kinks, so wide steps are wrong too. {@code ±} is the
 * resulting uncertainty of a finite difference, measured on this model. A weight agrees if the two
 * differ by less than a thousandth of the gradient plus three times that. Dropout drops the same
 * numbers in all passes, and the loss includes regularization penalties.
 *
 * @param lines one per weight, the worst first
 * @param weights how many trainable weights the model has; of more than 5,000, {@code lines} holds
 *     a sample of 100 per parameter
 */
public record GradientCheck(List<Line> lines, int weights) implements Renderable {
  private static final int MOST_WHOLE = 5000;
  private static final int SAMPLE = 100;
  private static final int SHOWN = 10;
  private static final double TOLERANCE = 1e-3;

  /**
   * The check of one weight.
   *
   * @param parameter its full name, {@code dense_1/kernel}
   * @param index its index there, e.g. {@code [2, 0]}
   * @param backpropagation its gradient by backpropagation
   * @param difference the same by finite differences
   * @param error the uncertainty of the finite difference
   */
  public record Line(
      String parameter, String index, double backpropagation, double difference, double error) {
    /** The relative error: the difference of the two, as a share of the larger one. */
    public double relativeError() {
      double apart = Math.abs(backpropagation - difference);
      return apart == 0 ? 0 : apart / size();
    }

    private double size() {
      return Math.max(Math.abs(backpropagation), Math.abs(difference));
    }

    /** The difference of the two, in units of what is allowed. */
    private double errorRatio() {
      double allowed = TOLERANCE * size() + 3 * error;
      return allowed == 0 ? 0 : Math.abs(backpropagation - difference) / allowed;
    }

    /** Whether rounding alone can explain the difference. */
    public boolean agrees() {
      return errorRatio() <= 1; // false for NaN
    }

    /** Whether the gradient is too small to show in a loss computed in floats. */
    boolean isBelowNoise() {
      return size() <= 3 * error;
    }
  }

  /** Copies the lines. */
  public GradientCheck {
    lines = List.copyOf(lines);
  }

  /**
   * Checks the gradients on these samples; the model is left unchanged, but for states that layers
   * keep from batch to batch, which begin at zero each time.
   *
   * @param x a few samples, one per row: a dataset's view or an array of any kind
   * @param y their targets
   * @throws IllegalArgumentException if they do not fit the model or the loss
   * @throws InterruptedTraining if the thread was interrupted
   */
  public static GradientCheck gradientCheck(Model model, Object x, Object y) {
    return ModelState.of("gradientCheck", model)
        .undisturbed("gradientCheck", compiled -> check(compiled, x, y));
  }

  static GradientCheck check(CompiledModel model, Object givenX, Object givenY) {
    BatchSamples x = BatchSamples.of("gradientCheck", model.network(), givenX);
    BatchSamples y = BatchSamples.of("gradientCheck", "y", givenY);
    CompiledModel compiled = model.sizedFor("gradientCheck", x.rowShapes());
    var checks = new DataChecks(compiled);
    checks.batch("gradientCheck", x, y);
    try (var lease = compiled.lendTraining(x.rows())) {
      TrainingPlan plan = lease.get();
      plan.load(x, y);
      checks.targets(plan.targets(), x.rows());
      return check(compiled, plan);
    }
  }

  private static GradientCheck check(CompiledModel compiled, TrainingPlan plan) {
    long seed = 1;
    plan.beginAgain(seed);
    plan.forward();
    plan.backward();
    compiled.update().addPenaltyGradients();
    Parameters parameters = compiled.weights().parameters();
    float[] gradients = new float[parameters.trainableSize()];
    parameters.read(Parameters.Vector.GRADIENT, 0, gradients, gradients.length);
    var differences = new FiniteDifferences(compiled, plan, seed);
    List<Line> lines = new ArrayList<>();
    List<Place> places = places(parameters);
    try (var work = new ProgressBar("gradientCheck", "weights", places.size())) {
      for (Place place : places) {
        int index = place.slot.offset() + place.at;
        lines.add(place.line(gradients[index], differences.at(index, gradients[index])));
        work.piece();
      }
    }
    lines.sort(Comparator.comparingDouble((Line line) -> -line.errorRatio()));
    return new GradientCheck(lines, gradients.length);
  }

  /** One weight of one parameter. */
  private record Place(Parameters.Slot slot, int at) {
    Line line(double gradient, FiniteDifferences.Derivative derivative) {
      int[] shape = slot.parameter().shape();
      int[] index = new int[shape.length];
      for (int d = shape.length - 1, rest = at; d >= 0; d--) {
        index[d] = rest % shape[d];
        rest /= shape[d];
      }
      String text = IntStream.of(index).mapToObj(i -> "" + i).collect(Collectors.joining(", "));
      String name = slot.parameter().name();
      return new Line(name, "[" + text + "]", gradient, derivative.value(), derivative.error());
    }
  }

  private static List<Place> places(Parameters parameters) {
    boolean whole = parameters.trainableSize() <= MOST_WHOLE;
    var random = new SplittableRandom(1);
    List<Place> places = new ArrayList<>();
    for (Parameters.Slot slot : parameters.slots()) {
      int size = slot.parameter().trainable() ? slot.size() : 0;
      IntStream chosen =
          whole || size <= SAMPLE
              ? IntStream.range(0, size)
              : random.split().ints(0, size).distinct().limit(SAMPLE).sorted();
      chosen.forEach(at -> places.add(new Place(slot, at)));
    }
    return places;
  }

  /** Whether all checked weights agree. */
  public boolean agrees() {
    return lines.stream().allMatch(Line::agrees);
  }

  private String verdict() {
    if (weights == 0) {
      return "no weight is trainable, so there is nothing to compare";
    }
    List<Line> wrong = lines.stream().filter(line -> !line.agrees()).toList();
    String looked =
        lines.size() == weights
            ? Messages.of("%,d weights", weights)
            : Messages.of("%,d weights, a sample of %,d,", lines.size(), weights);
    if (wrong.isEmpty()) {
      return Messages.of(
          "all %s agree, to a thousandth of the gradient or to float precision", looked);
    }
    return Messages.of("%,d of %s do not agree: ", wrong.size(), looked)
        + wrong.stream()
            .collect(Collectors.groupingBy(Line::parameter, Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(each -> Messages.of("%,d of %s", each.getValue(), each.getKey()))
            .collect(Collectors.joining(", "));
  }

  private TextTable table() {
    List<String> footer = new ArrayList<>();
    if (lines.size() > SHOWN) {
      footer.add(Messages.of("and %,d more, which agree better", lines.size() - SHOWN));
    }
    long belowNoise = lines.stream().filter(Line::isBelowNoise).count();
    if (belowNoise > 0) {
      footer.add(
          Messages.of(
              "%,d gradients are too small for the loss to show them in floats", belowNoise));
    }
    return new TextTable(
        verdict(),
        List.of(
            words("Parameter"),
            words("Index"),
            numbers("Backpropagation"),
            numbers("Finite difference"),
            numbers("±"),
            numbers("Relative error")),
        lines.stream().limit(SHOWN).map(GradientCheck::cells).toList(),
        footer);
  }

  private static List<String> cells(Line line) {
    return List.of(
        line.parameter,
        line.index,
        Messages.of("%.6g", line.backpropagation),
        Messages.of("%.6g", line.difference),
        Messages.of("%.0e", line.error),
        Messages.of("%.0e", line.relativeError()) + (line.agrees() ? "" : " ✗"));
  }

  @Override
  public Map<String, String> mimeBundle() {
    return table().mimeBundle();
  }

  @Override
  public String toString() {
    return table().toString();
  }
}
