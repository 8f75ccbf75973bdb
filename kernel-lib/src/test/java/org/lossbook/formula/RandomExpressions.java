package org.lossbook.formula;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Random expressions within the domain of each operation. */
final class RandomExpressions {
  static final Expr Y = Expr.variable("y", "y", Shape.ELEMENT);
  static final Expr P = Expr.variable("ŷ", "\\hat y", Shape.ELEMENT);
  static final Expr LABEL = Expr.variable("l", "l", Shape.SAMPLE);
  static final Expr CONDITION = Y.greaterThan(Expr.of(0));

  /** One use of each operation on any number. */
  static final Map<String, UnaryOperator<Expr>> UNARY =
      Map.ofEntries(
          Map.entry("negate", Expr::negate),
          Map.entry("square", Expr::square),
          Map.entry("pow", x -> positive(x).pow(1.7)),
          Map.entry("powOfShare", x -> x.sigmoid().powOfShare(Expr.of(0.6))),
          Map.entry("powOfTwo", x -> Expr.of(1.3).pow(x.tanh())),
          Map.entry("sqrt", x -> positive(x).sqrt()),
          Map.entry("exp", x -> x.tanh().exp()),
          Map.entry("log", x -> positive(x).log()),
          Map.entry("logBase", x -> positive(x).log(2)),
          Map.entry("logFinite", x -> positive(x).logFinite()),
          Map.entry("logCosh", Expr::logCosh),
          Map.entry("logPartition", x -> x.tanh().times(0.7).plus(1).logPartition()),
          Map.entry("log1p", x -> x.square().log1p()),
          Map.entry("abs", Expr::abs),
          Map.entry("sign", x -> x.sign().times(x)),
          Map.entry("floor", x -> x.times(3).floor().times(x)),
          Map.entry("ceil", x -> x.times(3).ceil().times(x)),
          Map.entry("tanh", Expr::tanh),
          Map.entry("cos", Expr::cos),
          Map.entry("sin", Expr::sin),
          Map.entry("row", x -> Expr.row(x.mean(), x.max(), Expr.of(1))),
          Map.entry("sigmoid", Expr::sigmoid),
          Map.entry("logSigmoid", Expr::logSigmoid),
          Map.entry("softplus", Expr::softplus),
          Map.entry("clip", x -> x.clip(Expr.of(-0.8), Expr.of(0.9))),
          Map.entry("where", x -> Expr.where(CONDITION, x.square(), x.times(0.3))),
          Map.entry("alias", x -> x.as("u", "u")),
          Map.entry("rowSum", x -> x.sum()),
          Map.entry("rowMean", x -> x.mean()),
          Map.entry("rowMax", x -> x.max()),
          Map.entry("norm", x -> x.norm()),
          Map.entry("unit", x -> x.unit(Expr.of(1e-3))),
          Map.entry("logSumExp", x -> x.logSumExp()),
          Map.entry("softmax", x -> x.softmax()),
          Map.entry("logSoftmax", x -> x.logSoftmax()),
          Map.entry("pick", x -> x.pick(LABEL)));

  /** One use of each operation on two numbers. */
  static final Map<String, Function<Expr[], Expr>> BINARY =
      Map.of(
          "plus", x -> x[0].plus(x[1]),
          "minus", x -> x[0].minus(x[1]),
          "times", x -> x[0].times(x[1]),
          "over", x -> x[0].over(positive(x[1])),
          "min", x -> x[0].min(x[1]),
          "max", x -> x[0].max(x[1]),
          "greater", x -> x[0].greaterThan(x[1]).times(x[1]),
          "atLeast", x -> x[0].atLeast(x[1]).times(x[0]),
          "atMost", x -> x[0].atMost(x[1]).times(x[0]),
          "whereOfTwo", x -> Expr.where(x[0].greaterThan(x[1]), x[0], x[1].square()));

  private static final List<String> NEED_ROWS =
      List.of(
          "rowSum",
          "rowMean",
          "rowMax",
          "logSumExp",
          "norm",
          "unit",
          "pick",
          "row",
          "softmax",
          "logSoftmax");
  private static final List<String> UNARY_NAMES = UNARY.keySet().stream().sorted().toList();
  private static final List<String> BINARY_NAMES = BINARY.keySet().stream().sorted().toList();

  private RandomExpressions() {}

  private static Expr positive(Expr x) {
    return x.square().plus(0.5);
  }

  static Expr next(Random random, int depth) {
    if (depth == 0) {
      return switch (random.nextInt(5)) {
        case 0 -> Y;
        case 1 -> Expr.of(Math.round(random.nextDouble() * 40 - 20) / 10.0);
        default -> P;
      };
    }
    if (random.nextInt(5) < 3) {
      Expr[] two = {next(random, depth - 1), next(random, random.nextInt(depth))};
      return BINARY.get(BINARY_NAMES.get(random.nextInt(BINARY_NAMES.size()))).apply(two);
    }
    Expr x = next(random, depth - 1);
    String name = UNARY_NAMES.get(random.nextInt(UNARY_NAMES.size()));
    boolean needsRow = NEED_ROWS.contains(name);
    return needsRow && x.shape() != Shape.ELEMENT ? x : UNARY.get(name).apply(x);
  }

  /** Reduced over the batch, sometimes within a function, which needs a second pass. */
  static Expr reduced(Random random, Expr e) {
    return switch (random.nextInt(4)) {
      case 0 -> e.batchSum();
      case 1 -> e.square().batchMean().plus(1).sqrt();
      default -> e.batchMean();
    };
  }
}
