package org.lossbook.formula;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A product in normal form: a number times bases to constant powers. */
final class ProductForm {
  private double coefficient = 1;
  private final Map<ExprNode, Double> powers = new LinkedHashMap<>();

  static ProductForm of(ExprNode e) {
    ProductForm product = new ProductForm();
    product.multiply(e, 1);
    return product;
  }

  double coefficient() {
    return coefficient;
  }

  /** The bases and their powers. */
  Map<ExprNode, Double> powers() {
    return powers;
  }

  /** The same bases with another coefficient. */
  ProductForm scaledTo(double other) {
    ProductForm product = new ProductForm();
    product.coefficient = other;
    product.powers.putAll(powers);
    return product;
  }

  boolean isOne() {
    return coefficient == 1 && powers.isEmpty();
  }

  /** The first base with that operation and the power 1. */
  Optional<ExprNode> factor(Op op) {
    return powers.keySet().stream().filter(e -> e.op() == op && power(e) == 1).findFirst();
  }

  /** The base, if it is the only one and has the power 1. */
  Optional<ExprNode> single() {
    return powers.size() == 1 && powers.containsValue(1.0)
        ? Optional.of(powers.keySet().iterator().next())
        : Optional.empty();
  }

  /** The negative of {@code e} without a minus sign: {@code b − a} for {@code a − b}. */
  static Optional<ExprNode> negated(ExprNode e) {
    Op op = e.op();
    if (e.isLarge()) {
      return Optional.empty();
    }
    if (op == Arithmetic.MINUS) {
      return Optional.of(e.arg(1).minus(e.arg(0)));
    }
    if (op == Functions.SIGN) {
      return negated(e.arg(0)).map(Functions::sign);
    }
    if (op == Arithmetic.TIMES) {
      return negated(e.arg(1))
          .map(x -> e.arg(0).times(x))
          .or(() -> negated(e.arg(0)).map(x -> x.times(e.arg(1))));
    }
    if (op == Choices.WHERE) {
      return negated(e.arg(1))
          .flatMap(a -> negated(e.arg(2)).map(b -> Choices.where(e.arg(0), a, b)));
    }
    return op == Arithmetic.PLUS
        ? negated(e.arg(0)).flatMap(a -> negated(e.arg(1)).map(a::plus))
        : Optional.empty();
  }

  double power(ExprNode base) {
    return powers.getOrDefault(base, 0.0);
  }

  /** Multiplies by {@code e} to the power of {@code n}, splitting products and quotients. */
  void multiply(ExprNode e, double n) {
    Op op = e.op();
    boolean whole = n == Math.rint(n) && !e.isLarge();
    if (op == Leaves.NUMBER && (whole || e.number() > 0)) {
      coefficient *= Math.pow(e.number(), n);
    } else if (op == Arithmetic.TIMES && whole) {
      multiply(e.arg(0), n);
      multiply(e.arg(1), n);
    } else if (op == Arithmetic.OVER && whole) {
      multiply(e.arg(0), n);
      multiply(e.arg(1), -n);
    } else if (op == Arithmetic.NEGATE && whole) {
      coefficient *= n % 2 == 0 ? 1 : -1;
      multiply(e.arg(0), n);
    } else if (op == Powers.SQUARE && whole) {
      multiply(e.arg(0), 2 * n);
    } else if (op == Powers.POW && whole && e.arg(1).isNumber()) {
      multiply(e.arg(0), e.arg(1).number() * n);
    } else {
      double power = power(e) + n;
      if (power == 0) {
        powers.remove(e);
      } else {
        powers.put(e, power);
      }
    }
  }

  /** The common factors of both if some are not scalars, else one. */
  ProductForm common(ProductForm other) {
    ProductForm common = new ProductForm();
    powers.forEach(
        (base, power) -> {
          if (other.power(base) == power) {
            common.multiply(base, power);
          }
        });
    boolean matters = common.powers.keySet().stream().anyMatch(x -> x.shape() != Shape.SCALAR);
    return matters ? common : new ProductForm();
  }

  void scale(double by) {
    coefficient *= by;
  }

  /** Moves factors constant along a row to {@code outside}, the rest to {@code inside}. */
  void split(ProductForm outside, ProductForm inside) {
    outside.scale(coefficient);
    powers.forEach(
        (base, power) -> (base.shape() == Shape.ELEMENT ? inside : outside).multiply(base, power));
  }

  /** The product as a fraction; a minus sign swaps the operands of a difference if it can. */
  ExprNode toNode() {
    if (coefficient == 0) {
      return ExprNode.ZERO;
    }
    double sign = Math.signum(coefficient);
    double size = Math.abs(coefficient);
    ExprNode numerator = null;
    ExprNode denominator = null;
    List<Map.Entry<ExprNode, Double>> factors = new ArrayList<>(powers.entrySet());
    factors.sort(Comparator.comparing(f -> rank(f.getKey())));
    for (Map.Entry<ExprNode, Double> factor : factors) {
      ExprNode base = factor.getKey();
      double power = factor.getValue();
      Optional<ExprNode> negated = negated(base);
      if (sign < 0 && negated.isPresent() && Math.abs(power % 2) == 1) {
        base = negated.get();
        sign = 1;
      }
      ExprNode raised =
          Math.abs(power) == 1 ? base : Powers.pow(base, ExprNode.of(Math.abs(power)));
      if (power > 0) {
        numerator = numerator == null ? raised : numerator.times(raised);
      } else {
        denominator = denominator == null ? raised : denominator.times(raised);
      }
    }
    double divisor = divisor(size);
    if (divisor != 1) {
      denominator = denominator == null ? ExprNode.of(divisor) : denominator.times(divisor);
      size = 1;
    }
    if (numerator == null) {
      numerator = ExprNode.of(size);
    } else if (size != 1) {
      numerator = numerator.times(size);
    }
    ExprNode fraction = denominator == null ? numerator : numerator.over(denominator);
    return sign < 0
        ? (fraction.isNumber() ? ExprNode.of(-fraction.number()) : fraction.negate())
        : fraction;
  }

  /**
   * The order of factors: parameters first, then symbols, longer expressions, conditions, and named
   * constants last: δ(ŷ − y), y·1[ŷ > 0], n ln 2; ln 2 n would be read as ln(2n).
   */
  private static int rank(ExprNode base) {
    Op op = base.op();
    if (op == Leaves.PARAMETER || op == Leaves.NAMED) {
      return op == Leaves.PARAMETER ? 0 : 4;
    }
    boolean isSymbol = base.args().isEmpty() || op == Leaves.ALIAS;
    return isSymbol ? 1 : base.op().latex().contains("mathbb{1}") ? 3 : 2;
  }

  /** The denominator of a coefficient such as 1/2 or 1/3 that has no short decimals, else 1. */
  private double divisor(double size) {
    double inverse = Math.rint(1 / size);
    boolean isFraction = inverse > 1 && inverse <= 1000 && 1 / inverse == size;
    boolean isShort = inverse != 2 && Double.toString(size).length() <= 5;
    return isFraction && !isShort && !powers.isEmpty() ? inverse : 1;
  }
}
