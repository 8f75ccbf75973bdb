package org.lossbook.formula;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sum in normal form: a number plus coefficients times terms. */
final class Sum {
  private double constant;
  private final Map<Expr, Double> terms = new LinkedHashMap<>();

  static Sum of(Expr e) {
    Sum sum = new Sum();
    sum.add(e, 1);
    return sum;
  }

  private void add(Expr e, double k) {
    Op op = e.op();
    if (op == Ops.NUMBER) {
      constant += k * e.number();
    } else if (op == Ops.PLUS) {
      add(e.arg(0), k);
      add(e.arg(1), k);
    } else if (op == Ops.MINUS) {
      add(e.arg(0), k);
      add(e.arg(1), -k);
    } else if (op == Ops.NEGATE) {
      add(e.arg(0), -k);
    } else {
      addProduct(Product.of(e), k);
    }
  }

  private void addProduct(Product product, double k) {
    double coefficient = product.coefficient() * k;
    if (coefficient == 0) {
      return;
    }
    product.scale(1 / product.coefficient());
    Expr term = product.toExpr();
    boolean isSum = term.op() == Ops.PLUS || term.op() == Ops.MINUS;
    if (isSum && Math.abs(coefficient) == 1) {
      add(term, coefficient);
      return;
    }
    if (term.op() == Ops.MINUS) {
      Expr turned = term.arg(1).minus(term.arg(0));
      if (terms.containsKey(turned)) {
        term = turned;
        coefficient = -coefficient;
      }
    }
    double total = terms.getOrDefault(term, 0.0) + coefficient;
    if (total == 0) {
      terms.remove(term);
    } else {
      terms.put(term, total);
    }
  }

  /** The terms with a plus first; what all of them share is taken out. */
  Expr toExpr() {
    List<Product> parts = new ArrayList<>();
    if (constant != 0) {
      parts.add(Product.of(Expr.of(constant)));
    }
    terms.forEach(
        (term, k) -> {
          Product part = Product.of(term);
          part.scale(k);
          parts.add(part);
        });
    if (parts.isEmpty()) {
      return Expr.ZERO;
    }
    if (parts.size() == 1) {
      return parts.get(0).toExpr();
    }
    Product shared = shared(parts);
    Expr sum = null;
    for (boolean positive : new boolean[] {true, false}) {
      for (Product part : parts) {
        if (part.coefficient() > 0 == positive) {
          sum = appended(sum, part);
        }
      }
    }
    if (shared.isOne()) {
      return sum;
    }
    shared.multiply(sum, 1);
    return shared.toExpr();
  }

  private static Expr appended(Expr sum, Product part) {
    if (sum == null) {
      return part.toExpr();
    }
    if (part.coefficient() > 0) {
      return sum.plus(part.toExpr());
    }
    part.scale(-1);
    return sum.minus(part.toExpr());
  }

  /** Takes out of all parts the factors that are one number for the batch and stand in each. */
  private static Product shared(List<Product> parts) {
    Product shared = new Product();
    for (Map.Entry<Expr, Double> factor : List.copyOf(parts.get(0).factors())) {
      Expr base = factor.getKey();
      double power = factor.getValue();
      if (base.shape() == Shape.SCALAR && parts.stream().allMatch(p -> p.power(base) == power)) {
        shared.multiply(base, power);
        parts.forEach(p -> p.multiply(base, -power));
      }
    }
    double size = Math.abs(parts.get(0).coefficient());
    if (size != 1 && parts.stream().allMatch(p -> Math.abs(p.coefficient()) == size)) {
      shared.scale(size);
      parts.forEach(p -> p.scale(1 / size));
    }
    return shared;
  }
}
