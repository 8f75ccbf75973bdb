package org.lossbook.loss.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.formula.Program;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.plot.Curves;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Role;

/**
 * Curve of one sample's loss while a number of its prediction moves past a fixed truth.
 *
 * @hidden
 */
@Internal
public final class LossCurve {
  private static final int POINTS = 241;
  private static final int ROWS = 12;

  /** At its very ends a domain is no longer what it is within: there a probability is clipped. */
  private static final double EDGE = 1e-6;

  private final LossSpec loss;
  private final ProbeSample probe;
  private final FormulaSlider slider;
  private final Program program;
  private final Program.ParameterSetter place;
  private final double[] x;
  private final double[] losses = new double[POINTS];
  private final double[] slopes = new double[POINTS];

  public LossCurve(LossSpec loss, ProbeSample probe) {
    this.loss = loss;
    this.probe = probe;
    this.slider = probe.prediction().get(0);
    Expr value = probe.loss(loss, slider);
    Output slope = new Output(value.gradient(ProbeSample.T), Shape.SCALAR);
    program = Program.of(probe.columns(), value, slope);
    place = program.parameter(ProbeSample.T);
    double range = slider.high() - slider.low();
    x =
        IntStream.range(0, POINTS)
            .mapToDouble(i -> slider.low() + range * i / (POINTS - 1))
            .toArray();
    for (int i = 0; i < POINTS; i++) {
      double within = Math.min(slider.high() - EDGE * range, x[i]);
      losses[i] = lossAt(Math.max(slider.low() + EDGE * range, within));
      slopes[i] = program.output(0).number();
    }
  }

  public double[] losses() {
    return losses;
  }

  public double[] slopes() {
    return slopes;
  }

  private double lossAt(double t) {
    place.set(t);
    return program.run(1);
  }

  /** The loss and its slope on one figure. */
  public static Figure of(LossSpec loss) {
    LossCurve curve = new LossCurve(loss, ProbeSamples.of(loss));
    return curve.marked(curve.curves(loss.name())).figure();
  }

  /** The same with the explorer's first place and the tangent there. */
  Figure still() {
    double at = slider.first();
    double here = lossAt(at);
    double slope = program.output(0).number();
    double[] near = around(at);
    Curves curves =
        curves(loss.name())
            .with(
                "tangent",
                Role.PREDICTION,
                near,
                DoubleStream.of(near).map(t -> here + slope * (t - at)).toArray())
            .mark(at, here, "");
    return marked(curves).figure();
  }

  /** The curve at a few places, for a terminal. */
  String table() {
    StringBuilder table = new StringBuilder(loss.name()).append(", ").append(axis());
    List<String> heads = List.of(slider.text(), "loss", "its slope");
    table.append('\n').append(row(heads));
    for (int i = 0; i <= ROWS; i++) {
      int at = i * (POINTS - 1) / ROWS;
      table
          .append('\n')
          .append(
              row(
                  List.of(
                      Numbers.brief(x[at]), Numbers.brief(losses[at]), Numbers.brief(slopes[at]))));
    }
    return table.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().map(cell -> Messages.of("%12s", cell)).collect(Collectors.joining());
  }

  /** As far to both sides as the figure has room for, at most a fifth of it. */
  private double[] around(double at) {
    double reach = (slider.high() - slider.low()) / 5;
    double low = Math.max(at - reach, slider.low());
    double high = Math.min(at + reach, slider.high());
    return IntStream.range(0, POINTS)
        .mapToDouble(i -> low + (high - low) * i / (POINTS - 1))
        .toArray();
  }

  private Curves curves(String title) {
    double highest = highest();
    return Curves.of(title, axis(), unit())
        .with("loss", Role.LOSS, x, within(highest, losses))
        .with("its slope", Role.GRADIENT, x, within(highest, slopes));
  }

  /** Several losses on one figure, all held against the first one's truth. */
  public static Figure compared(LossSpec first, List<LossSpec> others) {
    List<LossSpec> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    LossCurve measure = new LossCurve(first, ProbeSamples.of(first));
    Curves curves = Curves.of("Losses", measure.axis(), "loss of one sample");
    for (LossSpec loss : all) {
      if (loss.prediction() != first.prediction()) {
        throw new IllegalArgumentException(
            "plot expects losses of the same kind of prediction but receives "
                + first.name()
                + " of "
                + first.prediction()
                + " and "
                + loss.name()
                + " of "
                + loss.prediction()
                + ": give each kind a figure of its own.");
      }
      LossCurve curve =
          new LossCurve(
              loss,
              loss.target() == first.target() ? ProbeSamples.of(first) : ProbeSamples.of(loss));
      double[] shown = curve.within(curve.highest(), curve.losses);
      curves = curves.with(label(loss, all), Role.COMPARED, curve.x, shown);
    }
    return measure.marked(curves).figure();
  }

  /** The name, and what tells a loss from others of its name: δ = 2, bits. */
  static String label(LossSpec loss, List<LossSpec> all) {
    List<LossSpec> namesakes =
        all.stream().filter(other -> other.name().equals(loss.name())).toList();
    Stream<String> own =
        words(loss).filter(w -> namesakes.stream().anyMatch(o -> words(o).noneMatch(w::equals)));
    return namesakes.size() == 1
        ? loss.name()
        : Stream.concat(Stream.of(loss.name()), own).collect(Collectors.joining(", "));
  }

  private static Stream<String> words(LossSpec loss) {
    Stream<String> settings =
        loss.identifyingSettings().stream().map(s -> s.text() + " = " + Numbers.text(s.value()));
    return Stream.concat(settings, Stream.of(loss.display().variation(), loss.unit()))
        .filter(word -> !word.isEmpty());
  }

  /** The place where the truth would have the moving number, if the figure has it. */
  private Curves marked(Curves curves) {
    double target = target();
    if (target < slider.low() || target > slider.high()) {
      boolean right = target > 0;
      String words = right ? probe.goal() + " →" : "← " + probe.goal();
      return Double.isInfinite(target)
          ? curves.upright(right ? slider.high() : slider.low(), words)
          : curves;
    }
    return Double.isNaN(target) ? curves : curves.upright(target, probe.goal());
  }

  private double target() {
    return Program.of(1, slider.target()).run(1);
  }

  /**
   * Where a curve runs away, as a logarithm does at an end of its axis, it leaves the figure: what
   * is far above nearly all the rest.
   */
  private double highest() {
    double most = Math.max(size(losses, 1), size(slopes, 1));
    double usual = Math.max(size(losses, 0.8), size(slopes, 0.8));
    return most > 3 * usual ? 1.5 * usual : Double.POSITIVE_INFINITY;
  }

  private static double size(double[] line, double share) {
    double[] sizes =
        DoubleStream.of(line).map(Math::abs).filter(Double::isFinite).sorted().toArray();
    return sizes.length == 0 ? 0 : sizes[(int) (share * (sizes.length - 1))];
  }

  private static double[] within(double highest, double[] line) {
    return DoubleStream.of(line).map(v -> Math.abs(v) > highest ? Double.NaN : v).toArray();
  }

  private String axis() {
    return slider.name() + ", where " + probe.against();
  }

  private String unit() {
    return loss.unit().isEmpty() ? "loss of one sample" : "loss of one sample in " + loss.unit();
  }
}
