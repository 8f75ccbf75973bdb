package org.lossbook.loss.pairwise;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.PairwiseFormula;
import org.lossbook.loss.spec.PairwiseLoops;
import org.lossbook.loss.spec.Setting;

/** Formula of {@link Triplet}: its loops, its mathematics, its worked steps and its figure. */
record TripletFormula(Setting margin) implements PairwiseFormula {
  private static final int SHOWN = 4;

  @Override
  public PairwiseLoops loops(int columns) {
    return new TripletLoops(columns, margin.value());
  }

  private String m() {
    return Numbers.text(margin.value());
  }

  @Override
  public Mathematics value() {
    String latex =
        "\\frac{1}{|P_i|\\,|N_i|}\\sum_{p \\in P_i}\\sum_{k \\in N_i} \\max\\left(d_{ip} - d_{ik} + m,\\"
            + " 0\\right),\\quad d_{ij} = \\lVert \\hat y_i - \\hat y_j \\rVert,\\quad m = ";
    return new Mathematics(
        latex + m(),
        "1/(|Pᵢ|·|Nᵢ|) Σₚ Σₖ max(dᵢₚ − dᵢₖ + m, 0) over p in Pᵢ, k in Nᵢ, dᵢⱼ = ‖ŷᵢ − ŷⱼ‖, m = "
            + m());
  }

  @Override
  public Mathematics slope() {
    String slope =
        "\\frac{\\partial \\ell_i}{\\partial d_{ij}} = \\frac{1}{|P_i|\\,|N_i|}\\begin{cases}"
            + " \\#\\{k \\in N_i: d_{ij} + m > d_{ik}\\} & \\text{if } j \\in P_i \\\\"
            + " -\\#\\{p \\in P_i: d_{ip} + m > d_{ij}\\} & \\text{if } j \\in N_i"
            + " \\end{cases},\\quad \\frac{\\partial d_{ij}}{\\partial \\hat y_j} = -\\frac{\\partial"
            + " d_{ij}}{\\partial \\hat y_i} = \\frac{\\hat y_j - \\hat y_i}{d_{ij}},\\quad m = ";
    return new Mathematics(
        slope + m(),
        "∂ℓᵢ/∂dᵢⱼ = 1/(|Pᵢ|·|Nᵢ|)·(the number of k in Nᵢ with dᵢⱼ + m > dᵢₖ if j in Pᵢ,"
            + " minus the number of p in Pᵢ with dᵢₚ + m > dᵢⱼ if j in Nᵢ),"
            + " ∂dᵢⱼ/∂ŷⱼ = −∂dᵢⱼ/∂ŷᵢ = (ŷⱼ − ŷᵢ)/dᵢⱼ, m = "
            + m());
  }

  LossSpec drawn() {
    FormulaSlider positive =
        FormulaSlider.of("d", "d", 1.5, "distance d of the relative", 0, 4, 0.05);
    return PairwiseLosses.oneAnchor(
            "triplet",
            positive,
            "the stranger is 2 away",
            d -> d.minus(2).plus(margin.expr()).max(0))
        .withSettings(margin);
  }

  /** {@code (max(5 − 5.5 + 1, 0) + …)/2}, as far as the pairs fit. */
  @Override
  public String steps(double[] y, double[] places, int i) {
    int[] same = PairwiseLosses.others(y, i, true);
    int[] other = PairwiseLosses.others(y, i, false);
    int columns = places.length / y.length;
    int pairs = same.length * other.length;
    if (pairs == 0) {
      return same.length == 0 ? "no other of its label" : "none of another label";
    }
    List<String> terms = new ArrayList<>();
    for (int p : same) {
      for (int q : other) {
        if (terms.size() < SHOWN) {
          String near = Numbers.text(rounded(places, columns, i, p));
          String far = Numbers.text(rounded(places, columns, i, q));
          terms.add("max(" + near + " − " + far + " + " + m() + ", 0)");
        }
      }
    }
    String sum = String.join(" + ", terms) + (pairs > SHOWN ? " + …" : "");
    return pairs == 1 ? sum : "(" + sum + ")/" + pairs;
  }

  /** Without the millionth that the distance has for its slope's sake, where it would show. */
  private static double rounded(double[] p, int columns, int i, int j) {
    double distance = TripletLoops.distance(p, i, j, columns);
    return Math.rint(distance * 1e5) / 1e5;
  }
}
