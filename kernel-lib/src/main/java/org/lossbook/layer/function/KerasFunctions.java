package org.lossbook.layer.function;

import static org.lossbook.formula.Expr.where;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.engine.Activation;
import org.lossbook.engine.ElementFunction;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Setting;

/**
 * Keras's activation functions as formulas, under its names.
 *
 * @hidden
 */
@Internal
public final class KerasFunctions {
  private static final Expr X = ElementFormula.X;
  private static final Expr ZERO = Expr.of(0);

  /** Of selu: with them, outputs of mean 0 and variance 1 keep both from layer to layer. */
  private static final double SELU_SCALE = 1.0507009873554805;

  private static final double SELU_ALPHA = 1.6732632423543772;

  private static final Map<String, Activation> BY_NAME = new TreeMap<>();

  static {
    Expr hardSigmoid = X.plus(3).over(6).clip(0, 1);
    add(celu(1));
    rising("exponential", X.exp());
    add(hardShrink(0.5));
    rising("hard_sigmoid", hardSigmoid);
    falling("hard_silu", X.times(hardSigmoid));
    rising("hard_tanh", X.clip(-1, 1));
    rising("log_sigmoid", X.logSigmoid());
    falling("mish", X.times(X.softplus().tanh()));
    rising("relu6", X.clip(0, 6));
    rising("selu", where(X.greaterThan(0), X, X.expm1().times(SELU_ALPHA)).times(SELU_SCALE));
    add(softShrink(0.5));
    rising("softsign", X.over(X.abs().plus(1)));
    rising(
        "sparse_plus",
        where(X.atMost(-1), ZERO, where(X.lessThan(1), X.plus(1).square().over(4), X)));
    rising("sparse_sigmoid", X.plus(1).over(2).clip(0, 1));
    add(squareplus(4));
    rising("tanh_shrink", X.minus(X.tanh()));
    BY_NAME.put("hard_swish", BY_NAME.get("hard_silu"));
  }

  private KerasFunctions() {}

  private static void rising(String name, Expr formula) {
    add(Activation.of(new ElementFormula(name, formula, List.of(), true)));
  }

  private static void falling(String name, Expr formula) {
    add(Activation.of(new ElementFormula(name, formula, List.of(), false)));
  }

  private static void add(Activation activation) {
    BY_NAME.put(activation.kerasName(), activation);
  }

  /** All of them by name. */
  public static Map<String, Activation> byName() {
    return Map.copyOf(BY_NAME);
  }

  /** The formula of an elementwise function, also of one that the engine has by its kind. */
  public static Optional<ElementFormula> formulaOf(Activation activation) {
    if (activation.function().orElse(null) instanceof ElementFormula formula) {
      return Optional.of(formula);
    }
    String name = activation.kerasName();
    double alpha = Double.parseDouble(Float.toString(activation.alpha()));
    return switch (activation.kind()) {
      case LINEAR -> Optional.of(plain(name, X));
      case RELU -> Optional.of(plain(name, where(X.greaterThan(0), X, ZERO)));
      case SIGMOID -> Optional.of(plain(name, X.sigmoid()));
      case TANH -> Optional.of(plain(name, X.tanh()));
      case LEAKY_RELU -> {
        Setting slope = Setting.number(name, "negativeSlope", "a", "a", alpha);
        yield Optional.of(bent(name, slope, slope.expr().times(X)));
      }
      case ELU -> {
        Setting setting = Setting.number(name, "alpha", "α", "\\alpha", alpha);
        yield Optional.of(bent(name, setting, setting.expr().times(X.expm1())));
      }
      case GELU -> Optional.of(plain(name, X.times(X.normalCdf())));
      case GELU_TANH ->
          Optional.of(
              plain(
                  name,
                  X.plus(X.pow(3).times(0.044715))
                      .times(Expr.named("√(2/π)", "\\sqrt{2/\\pi}", Math.sqrt(2 / Math.PI)))
                      .tanh()
                      .plus(1)
                      .times(X)
                      .over(2)));
      case SWISH -> Optional.of(plain(name, X.times(X.sigmoid())));
      case SOFTPLUS -> Optional.of(plain(name, X.softplus()));
      default -> Optional.empty();
    };
  }

  private static ElementFormula plain(String name, Expr formula) {
    return new ElementFormula(name, formula, List.of(), false);
  }

  private static ElementFormula bent(String name, Setting setting, Expr below) {
    Expr formula = where(X.greaterThan(0), X, below);
    return new ElementFormula(name, formula, List.of(setting), false);
  }

  /** The name of the function with that formula, if Keras has it. */
  public static Optional<String> nameOf(Expr formula) {
    return BY_NAME.values().stream()
        .flatMap(each -> each.function().stream())
        .filter(each -> ((ElementFormula) each).formula().equals(formula))
        .map(ElementFunction::name)
        .findFirst();
  }

  /** x for x > 0, else α(e^(x/α) − 1). */
  public static Activation celu(double alpha) {
    Setting setting = Setting.positive("celu", "alpha", "α", "\\alpha", alpha);
    Expr a = setting.expr();
    return with(setting, where(X.greaterThan(0), X, a.times(X.over(a).expm1())), true);
  }

  /** x where |x| > λ, else 0. */
  public static Activation hardShrink(double threshold) {
    Setting setting = threshold("hard_shrink", threshold);
    return with(setting, where(X.abs().greaterThan(setting.expr()), X, ZERO), threshold >= 0);
  }

  /** x − λ for x > λ, x + λ for x < −λ, else 0. */
  public static Activation softShrink(double threshold) {
    Setting setting = threshold("soft_shrink", threshold);
    Expr at = setting.expr();
    Expr below = where(X.lessThan(at.negate()), X.plus(at), ZERO);
    return with(setting, where(X.greaterThan(at), X.minus(at), below), true);
  }

  private static Setting threshold(String owner, double threshold) {
    return Setting.notNegative(owner, "threshold", "λ", "\\lambda", threshold);
  }

  /** (x + √(x² + b)) / 2. */
  public static Activation squareplus(double b) {
    Setting setting = Setting.notNegative("squareplus", "b", "b", "b", b);
    return with(setting, X.plus(X.square().plus(setting.expr()).sqrt()).over(2), true);
  }

  /** x where x > θ, else a constant. */
  public static Activation threshold(double threshold, double otherwise) {
    Setting at = Setting.number("threshold", "threshold", "θ", "\\theta", threshold);
    Setting value = Setting.number("threshold", "value", "c", "c", otherwise);
    Expr formula = where(X.greaterThan(at.expr()), X, value.expr());
    return Activation.of(
        new ElementFormula(at.owner(), formula, List.of(at, value), otherwise <= threshold));
  }

  /**
   * Keras's general ReLU: x above the threshold θ, at most the maximum M, else slope · (x − θ).
   *
   * @param most M; ∞ for none
   */
  public static Activation relu(double most, double slope, double threshold) {
    boolean isClipped = most != Double.POSITIVE_INFINITY;
    Setting m = Setting.notNegative("relu", "maxValue", "M", "M", isClipped ? most : 0);
    Setting s = Setting.notNegative("relu", "negativeSlope", "a", "a", slope);
    Setting t = Setting.notNegative("relu", "threshold", "θ", "\\theta", threshold);
    if (!isClipped && threshold == 0) {
      return slope == 0 ? Activation.RELU : Activation.leakyRelu(slope);
    }
    Expr above = isClipped ? where(X.greaterThan(m.expr()), m.expr(), X) : X;
    Expr from = threshold == 0 ? ZERO : t.expr();
    Expr line = s.expr().times(threshold == 0 ? X : X.minus(from));
    // At the threshold itself the derivative is 0, as Keras's is.
    Expr below = slope == 0 ? ZERO : where(X.lessThan(from), line, ZERO);
    Config layer =
        Config.of("keras.layers", "ReLU")
            .with("max_value", isClipped ? (Object) most : Optional.empty())
            .with("negative_slope", slope)
            .with("threshold", threshold);
    List<Setting> settings = Stream.of(m, s, t).filter(each -> each.value() != 0).toList();
    Expr formula = where(X.greaterThan(from), above, below);
    return Activation.of(
        new ElementFormula("relu", formula, settings, most >= threshold, Optional.of(layer)));
  }

  private static Activation with(Setting setting, Expr formula, boolean rises) {
    return Activation.of(new ElementFormula(setting.owner(), formula, List.of(setting), rises));
  }
}
