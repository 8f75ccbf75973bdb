package org.lossbook.loss.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.loss.spec.Target;

/**
 * Default samples for the figures of a loss, by the kind of its truth and prediction.
 *
 * @hidden
 */
@Internal
public final class ProbeSamples {
  private ProbeSamples() {}

  private static final String TRUTH = "the truth";
  private static final int CLASSES = 3;
  private static final double[] SAID = {0.5, 0.3, 0.2};
  private static final double[] SCORED = {1, 0.5, -1};

  /** The picture that fits what a loss takes for truth and prediction. */
  public static ProbeSample of(LossSpec loss) {
    return loss.display().sample().map(Supplier::get).orElseGet(() -> usual(loss));
  }

  /** The same where the loss does not say its own. */
  public static ProbeSample usual(LossSpec loss) {
    return switch (loss.prediction()) {
      case VALUE ->
          bearOnOneAnother(loss)
              ? scores()
              : one(loss, FormulaSlider.of("ŷ", "\\hat y", 2.5, "prediction ŷ", -2, 4, 0.1));
      case AMOUNT -> one(loss, FormulaSlider.of("ŷ", "\\hat y", 4, "prediction ŷ", 0, 6, 0.05));
      case PROBABILITY ->
          one(loss, FormulaSlider.of("ŷ", "\\hat y", 0.3, "probability ŷ", 0, 1, 0.01));
      case LOGIT -> logit(loss);
      case SCORE -> one(loss, FormulaSlider.of("ŷ", "\\hat y", -0.5, "score ŷ", -3, 3, 0.1));
      case DISTRIBUTION -> classes(loss, "ŷ", "\\hat y", "probability", 0, 1, SAID);
      case LOGITS -> classes(loss, "z", "z", "logit", -6, 6, SCORED);
      case SCORES -> classes(loss, "ŷ", "\\hat y", "score", -3, 3, SCORED);
      case VECTOR -> direction();
      case EMBEDDING, TWO_VECTORS, THREE_PLACES ->
          throw new IllegalStateException(loss.name() + " does not say how it is drawn.");
      case BOX -> box();
      case PAIR -> pair(loss);
      case NORMAL -> normal(loss);
    };
  }

  /** Whether the slope of one output depends on the others of its row, as after a softmax. */
  private static boolean bearOnOneAnother(LossSpec loss) {
    if (!loss.isFormula() || loss.formula().seesWholeBatch()) {
      return false;
    }
    Expr other = Expr.parameter("k", "k", 0.2);
    Expr y = Expr.row(Expr.of(0.7), Expr.of(0.2), Expr.of(0.1));
    Expr p = Expr.row(ProbeSample.T, other, Expr.of(0.3));
    Expr value = loss.perSample().batchSum().substituted(Map.of(loss.y(), y, loss.p(), p));
    Output slope = new Output(value.gradient(ProbeSample.T), Shape.SCALAR);
    Program program = Program.of(CLASSES, value, slope);
    program.parameter(ProbeSample.T).set(0.4);
    program.run(1);
    double before = program.output(0).number();
    program.parameter(other).set(0.6);
    program.run(1);
    return Math.abs(program.output(0).number() - before) > 1e-9;
  }

  /** One score of several moves; nothing says where the truth would have it. */
  private static ProbeSample scores() {
    List<FormulaSlider> truth = new ArrayList<>();
    List<FormulaSlider> prediction = new ArrayList<>();
    for (int k = 0; k < CLASSES; k++) {
      String index = "₀₁₂".substring(k, k + 1);
      truth.add(
          FormulaSlider.of("y" + index, "y_" + k, k == 0 ? 1 : 0, "truth y" + index, 0, 1, 0.05));
      prediction.add(
          FormulaSlider.of(
              "ŷ" + index, "\\hat y_" + k, SCORED[k], "prediction ŷ" + index, -6, 6, 0.1));
    }
    return new ProbeSample(
        truth, prediction, CLASSES, row(truth), row(prediction), "the truth is [1, 0, 0]", TRUTH);
  }

  /** One prediction beside one truth. */
  public static ProbeSample one(LossSpec loss, FormulaSlider moving) {
    FormulaSlider y = truth(loss.target());
    return new ProbeSample(
        List.of(y),
        List.of(moving.towards(y.letter())),
        1,
        loss.target().isOnePerSample() ? y.letter() : Expr.row(y.letter()),
        Expr.row(moving.letter()),
        words(loss.target()),
        TRUTH);
  }

  private static FormulaSlider truth(Target target) {
    return switch (target) {
      case AMOUNT -> FormulaSlider.of("y", "y", 2, "truth y", 0, 6, 0.05);
      case PROBABILITY -> FormulaSlider.of("y", "y", 1, "truth y", 0, 1, 0.05);
      case SIGN, SIDE -> FormulaSlider.of("y", "y", 1, "truth y", -1, 1, 2);
      case LABEL, GROUP -> FormulaSlider.of("y", "y", 0, "true class y", 0, CLASSES - 1, 1);
      default -> FormulaSlider.of("y", "y", 1, "truth y", -2, 4, 0.1);
    };
  }

  private static String words(Target target) {
    return switch (target) {
      case AMOUNT -> "the truth is y = 2";
      case PROBABILITY -> "the truth is yes, y = 1";
      case SIGN, SIDE -> "the truth is y = +1";
      default -> "the truth is y = 1";
    };
  }

  /** A yes pulls a logit up without end, a no down; only what lies between is ever reached. */
  private static ProbeSample logit(LossSpec loss) {
    ProbeSample sample = one(loss, FormulaSlider.of("z", "z", -1, "logit z", -6, 6, 0.1));
    Expr y = sample.truth().get(0).letter();
    return sample.moving(sample.prediction().get(0).towards(logOdds(y)));
  }

  public static Expr logOdds(Expr y) {
    return y.log().minus(Expr.of(1).minus(y).log());
  }

  /** Three classes stand for any number of them; the first is the true one. */
  private static ProbeSample classes(
      LossSpec loss,
      String text,
      String latex,
      String what,
      double low,
      double high,
      double[] firsts) {
    boolean sums = loss.prediction() == Prediction.DISTRIBUTION;
    boolean isLabel = loss.target() == Target.LABEL;
    List<FormulaSlider> truth = isLabel ? List.of(truth(Target.LABEL)) : shares();
    List<FormulaSlider> prediction = new ArrayList<>();
    for (int k = 0; k < CLASSES; k++) {
      String index = "₀₁₂".substring(k, k + 1);
      String name = what + " " + text + index;
      FormulaSlider slider =
          FormulaSlider.of(
              text + index, latex + "_" + k, firsts[k], name, low, high, sums ? 0.01 : 0.1);
      Expr share = isLabel ? truth.get(0).letter().equalTo(Expr.of(k)) : truth.get(k).letter();
      prediction.add((sums ? slider.ofOneWhole() : slider).towards(sums ? share : logOdds(share)));
    }
    Expr y = isLabel ? truth.get(0).letter() : row(truth);
    return new ProbeSample(
        truth, prediction, CLASSES, y, row(prediction), "class 0 is the true one", TRUTH);
  }

  private static List<FormulaSlider> shares() {
    return IntStream.range(0, CLASSES)
        .mapToObj(
            k ->
                FormulaSlider.of(
                        "y" + "₀₁₂".charAt(k),
                        "y_" + k,
                        k == 0 ? 1 : 0,
                        "truth y" + "₀₁₂".charAt(k),
                        0,
                        1,
                        0.05)
                    .ofOneWhole())
        .toList();
  }

  private static Expr row(List<FormulaSlider> sliders) {
    return Expr.row(sliders.stream().map(FormulaSlider::letter).toArray(Expr[]::new));
  }

  /** Both are directions in a plane, given by their angles. */
  private static ProbeSample direction() {
    FormulaSlider y = FormulaSlider.of("β", "\\beta", 0, "angle β of y in radians", -3, 3, 0.05);
    FormulaSlider p = FormulaSlider.of("α", "\\alpha", 1, "angle α of ŷ in radians", -3, 3, 0.05);
    return new ProbeSample(
        List.of(y),
        List.of(p.towards(y.letter())),
        2,
        towards(y),
        towards(p),
        "the truth is at 0",
        TRUTH);
  }

  private static Expr towards(FormulaSlider slider) {
    Expr angle = slider.letter();
    return Expr.row(angle.cos(), angle.sin());
  }

  /** A box of two by two that slides over the true one, or is of another size. */
  private static ProbeSample box() {
    FormulaSlider right = FormulaSlider.of("u", "u", 1, "shift u to the right", -4, 4, 0.1);
    FormulaSlider up = FormulaSlider.of("v", "v", 0, "shift v upwards", -4, 4, 0.1);
    FormulaSlider side = FormulaSlider.of("s", "s", 2, "side s of ŷ", 0.5, 6, 0.1);
    Expr half = side.letter().over(2);
    Expr[] corners = {
      right.letter().minus(half), up.letter().minus(half),
      right.letter().plus(half), up.letter().plus(half)
    };
    Expr[] truth = {Expr.of(-1), Expr.of(-1), Expr.of(1), Expr.of(1)};
    return new ProbeSample(
        List.of(),
        List.of(right.towards(Expr.of(0)), up.towards(Expr.of(0)), side.towards(Expr.of(2))),
        4,
        Expr.row(truth),
        Expr.row(corners),
        "both boxes are 2 by 2",
        TRUTH);
  }

  /** Two scores, of which the first is to be the greater. */
  private static ProbeSample pair(LossSpec loss) {
    FormulaSlider y = truth(loss.target());
    FormulaSlider first = FormulaSlider.of("a", "a", -0.5, "first score a", -3, 3, 0.1);
    FormulaSlider second = FormulaSlider.of("b", "b", 0, "second score b", -3, 3, 0.1);
    return new ProbeSample(
        List.of(y),
        List.of(first.towards(y.letter()), second.towards(y.letter().negate())),
        2,
        y.letter(),
        Expr.row(first.letter(), second.letter()),
        words(loss.target()),
        TRUTH);
  }

  /** A normal distribution of standard deviation 1 moves over the truth. */
  private static ProbeSample normal(LossSpec loss) {
    FormulaSlider y = truth(loss.target());
    FormulaSlider mean = FormulaSlider.of("μ", "\\mu", 2.5, "mean μ", -2, 4, 0.1);
    FormulaSlider variance = FormulaSlider.of("s", "s", 0, "log variance s", -3, 3, 0.1);
    Expr error = y.letter().minus(mean.letter());
    return new ProbeSample(
        List.of(y),
        List.of(mean.towards(y.letter()), variance.towards(error.square().log())),
        2,
        loss.target().isOnePerSample() ? y.letter() : Expr.row(y.letter(), y.letter()),
        Expr.row(mean.letter(), variance.letter()),
        "the truth is y = 1, the variance 1",
        TRUTH);
  }
}
