package org.lossbook.formula;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sum in normal form: a number plus coefficients times terms. */
final class SumForm {
  /** The most terms when products of sums are expanded. */
  private static final int MOST = 64;

  /** The largest expression that is expanded: a longer one would not become short. */
  private static final int LONGEST = 300;

  private final boolean expands;
  private double constant;
  private int added;

  /** The terms by their factors, so that {@code a·b} and {@code b·a} are one term. */
  private final Map<Map<ExprNode, Double>, ProductForm> terms = new LinkedHashMap<>();

  private SumForm(boolean expands) {
    this.expands = expands;
  }

  /** {@code e} with like terms collected, and products expanded where that makes it shorter. */
  static ExprNode collected(ExprNode e) {
    ExprNode plain = of(e, false).toNode();
    if (e.size() > LONGEST) {
      return plain;
    }
    SumForm multiplied = of(e, true);
    if (multiplied.added > MOST) {
      return plain;
    }
    ExprNode expanded = multiplied.toNode();
    return expanded.size() < plain.size() ? expanded : plain;
  }

  private static SumForm of(ExprNode e, boolean expands) {
    SumForm sum = new SumForm(expands);
    sum.add(e, 1);
    return sum;
  }

  private void add(ExprNode e, double k) {
    Op op = e.op();
    if (expands && ++added > MOST) {
      return; // it will not be shorter
    }
    if (op == Leaves.NUMBER) {
      constant += k * e.number();
    } else if (op == Arithmetic.PLUS) {
      add(e.arg(0), k);
      add(e.arg(1), k);
    } else if (op == Arithmetic.MINUS) {
      add(e.arg(0), k);
      add(e.arg(1), -k);
    } else if (op == Arithmetic.NEGATE) {
      add(e.arg(0), -k);
    } else {
      addProduct(ProductForm.of(e), k);
    }
  }

  private void addProduct(ProductForm product, double k) {
    double coefficient = product.coefficient() * k;
    if (coefficient == 0 || expands && multipliedOut(product, k)) {
      return;
    }
    Optional<ExprNode> base = product.single();
    if (base.isPresent() && isSum(base.get()) && Math.abs(coefficient) == 1) {
      add(base.get(), coefficient);
      return;
    }
    ProductForm term = product;
    Optional<ProductForm> negated = base.flatMap(ProductForm::negated).map(ProductForm::of);
    if (negated.isPresent() && terms.containsKey(negated.get().powers())) {
      term = negated.get();
      coefficient = -coefficient;
    }
    ProductForm known = terms.get(term.powers());
    double total = coefficient + (known == null ? 0 : known.coefficient());
    if (total == 0) {
      terms.remove(term.powers());
    } else {
      terms.put(term.powers(), term.scaledTo(total));
    }
  }

  private static boolean isSum(ExprNode e) {
    return e.op() == Arithmetic.PLUS || e.op() == Arithmetic.MINUS;
  }

  private boolean multipliedOut(ProductForm product, double k) {
    for (Map.Entry<ExprNode, Double> factor : product.powers().entrySet()) {
      ExprNode base = factor.getKey();
      if (factor.getValue() == 1 && isSum(base)) {
        ProductForm others = product.scaledTo(product.coefficient());
        others.multiply(base, -1);
        ExprNode rest = others.toNode();
        add(rest.times(base.arg(0)), k);
        add(rest.times(base.arg(1)), base.op() == Arithmetic.MINUS ? -k : k);
        return true;
      }
    }
    return false;
  }

  /** The sum with its positive terms first and common factors factored out. */
  private ExprNode toNode() {
    List<ProductForm> parts = new ArrayList<>();
    terms.values().forEach(term -> parts.add(term.scaledTo(term.coefficient())));
    if (constant != 0) {
      // 1 − y, but 0.9y + 0.05.
      boolean first = constant > 0 && parts.stream().allMatch(p -> p.coefficient() < 0);
      parts.add(first ? 0 : parts.size(), ProductForm.of(ExprNode.of(constant)));
    }
    if (parts.isEmpty()) {
      return ExprNode.ZERO;
    }
    if (!expands && parts.size() <= MOST) {
      group(parts);
    }
    if (parts.size() == 1) {
      return parts.get(0).toNode();
    }
    ProductForm shared = shared(parts);
    ExprNode sum = null;
    for (boolean positive : new boolean[] {true, false}) {
      for (ProductForm part : parts) {
        if (part.coefficient() > 0 == positive) {
          sum = appended(sum, part);
        }
      }
    }
    if (shared.isOne()) {
      return sum;
    }
    boolean isSumOfSums =
        parts.stream().anyMatch(p -> p.single().filter(SumForm::isSum).isPresent());
    shared.multiply(isSumOfSums ? collected(sum) : sum, 1);
    return shared.toNode();
  }

  /** Factors out what two terms share: {@code a(y − 1) + a·y} is {@code a(2y − 1)}. */
  private static void group(List<ProductForm> parts) {
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        ProductForm one = parts.get(i);
        ProductForm other = parts.get(j);
        ProductForm common = one.common(other);
        if (common.isOne()) {
          continue;
        }
        one.multiply(common.toNode(), -1);
        other.multiply(common.toNode(), -1);
        common.multiply(collected(appended(one.toNode(), other)), 1);
        parts.set(i, common);
        parts.remove(j--);
      }
    }
  }

  private static ExprNode appended(ExprNode sum, ProductForm part) {
    if (sum == null) {
      return part.toNode();
    }
    if (part.coefficient() > 0) {
      return sum.plus(part.toNode());
    }
    part.scale(-1);
    return sum.minus(part.toNode());
  }

  /** Removes from all terms the factors they share, as far as those are one number per sample. */
  private static ProductForm shared(List<ProductForm> parts) {
    ProductForm shared = new ProductForm();
    for (Map.Entry<ExprNode, Double> factor : List.copyOf(parts.get(0).powers().entrySet())) {
      ExprNode base = factor.getKey();
      double power = factor.getValue();
      if (base.shape() != Shape.ELEMENT && parts.stream().allMatch(p -> p.power(base) == power)) {
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
