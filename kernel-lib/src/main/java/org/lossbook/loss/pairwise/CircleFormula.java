package org.lossbook.loss.pairwise;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.PairwiseFormula;
import org.lossbook.loss.spec.PairwiseLoops;
import org.lossbook.loss.spec.Setting;

/** Formula of {@link Circle}: its loops, its mathematics, its worked steps and its figure. */
record CircleFormula(Setting gamma, Setting margin) implements PairwiseFormula {
  private static final int SHOWN = 3;

  @Override
  public PairwiseLoops loops(int columns) {
    return new CircleLoops(columns, gamma.value(), margin.value());
  }

  @Override
  public Mathematics value() {
    return new Mathematics(
        "\\log\\left(1 + \\sum_{p \\in P_i} e^{\\gamma (D_{ip} + m)(D_{ip} - m)} \\sum_{k \\in N_i}"
            + " e^{\\gamma (1 + m - D_{ik})(1 - m - D_{ik})}\\right)"
            + letters(true),
        "log(1 + Σₚ exp(γ·(dᵢₚ + m)·(dᵢₚ − m))·Σₖ exp(γ·(1 + m − dᵢₖ)·(1 − m − dᵢₖ)))"
            + " over p in Pᵢ, k in Nᵢ, dᵢⱼ = 1 − ŷᵢ·ŷⱼ, "
            + letters(false));
  }

  @Override
  public Mathematics slope() {
    return new Mathematics(
        "\\frac{\\partial \\ell_i}{\\partial D_{ij}} = 2\\gamma\\left(1 - e^{-\\ell_i}\\right)"
            + "\\begin{cases} s_{ij} D_{ij} & \\text{if } j \\in P_i \\\\ -s_{ij}\\left(1 -"
            + " D_{ij}\\right) & \\text{if } j \\in N_i \\end{cases},\\quad \\frac{\\partial"
            + " D_{ij}}{\\partial \\hat y_j} = -\\hat y_i,\\quad s_{ij}\\text{: the share of } j"
            + " \\text{ in its sum}"
            + letters(true),
        "∂ℓᵢ/∂dᵢⱼ = 2γ·(1 − exp(−ℓᵢ))·(sᵢⱼ·dᵢⱼ if j in Pᵢ, −sᵢⱼ·(1 − dᵢⱼ) if j"
            + " in Nᵢ), ∂dᵢⱼ/∂ŷⱼ = −ŷᵢ, sᵢⱼ the share of j in its sum, "
            + letters(false));
  }

  private String letters(boolean inLatex) {
    String g = Numbers.text(gamma.value());
    String m = Numbers.text(margin.value());
    return inLatex
        ? ",\\quad D_{ij} = 1 - \\hat y_i \\cdot \\hat y_j,\\quad \\gamma = "
            + g
            + ",\\quad m = "
            + m
        : "γ = " + g + ", m = " + m;
  }

  @Override
  public String samples() {
    return "n_+";
  }

  @Override
  public String divisorSays() {
    return ", the samples that have a loss";
  }

  @Override
  public Mathematics weights() {
    return new Mathematics("\\sum_{i:\\, \\ell_i > 0} w_i", "Σᵢ wᵢ where ℓᵢ > 0");
  }

  @Override
  public String weightsSay() {
    return ", the sum of the weights of the samples that have a loss";
  }

  /** {@code log(1 + exp(80·(0.2² − 0.4²))·exp(…))}, as far as the pairs fit. */
  @Override
  public String steps(double[] y, double[] p, int i) {
    int[] same = PairwiseLosses.others(y, i, true);
    int[] other = PairwiseLosses.others(y, i, false);
    if (same.length == 0 || other.length == 0) {
      return same.length == 0 ? "no other of its label" : "none of another label";
    }
    return "log(1 + "
        + sum(p, p.length / y.length, i, same, true)
        + "·"
        + sum(p, p.length / y.length, i, other, false)
        + ")";
  }

  private String sum(double[] p, int columns, int i, int[] others, boolean same) {
    List<String> terms = new ArrayList<>();
    for (int j : others) {
      double d = 1;
      for (int c = 0; c < columns; c++) {
        d -= p[i * columns + c] * p[j * columns + c];
      }
      String distance = Numbers.text(Math.max(Math.rint(d * 1e9) / 1e9, 0));
      String m = Numbers.text(margin.value());
      String two =
          same
              ? "(" + distance + " + " + m + ")·(" + distance + " − " + m + ")"
              : "(1 + " + m + " − " + distance + ")·(1 − " + m + " − " + distance + ")";
      if (terms.size() < SHOWN) {
        terms.add("exp(" + Numbers.text(gamma.value()) + "·" + two + ")");
      }
    }
    String sum = String.join(" + ", terms) + (others.length > SHOWN ? " + …" : "");
    return others.length == 1 ? sum : "(" + sum + ")";
  }

  /** A stranger at a right angle, and a relative that turns away. */
  LossSpec drawn() {
    Expr g = gamma.expr();
    Expr m = margin.expr();
    FormulaSlider positive =
        FormulaSlider.of("d", "d", 0.6, "distance d of the relative", 0, 2, 0.02);
    return PairwiseLosses.oneAnchor(
            "circle",
            positive,
            "the stranger's is 1",
            d -> {
              Expr near = g.times(d.plus(m)).times(d.minus(m));
              return near.minus(g.times(m.square())).softplus();
            })
        .withSettings(gamma, margin);
  }
}
