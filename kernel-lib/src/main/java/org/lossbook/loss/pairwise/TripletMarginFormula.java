package org.lossbook.loss.pairwise;

import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.PairwiseFormula;
import org.lossbook.loss.spec.PairwiseLoops;
import org.lossbook.loss.spec.Setting;

/**
 * Formula of {@link TripletMargin}: its loops, its mathematics, its worked steps and its figure.
 */
record TripletMarginFormula(Setting margin) implements PairwiseFormula {
  private static final int PARTS = 3;

  @Override
  public PairwiseLoops loops(int columns) {
    return new Loops(columns / PARTS, margin.value());
  }

  private String m() {
    return Numbers.text(margin.value());
  }

  @Override
  public Mathematics value() {
    return new Mathematics(
        "\\max\\left(\\lVert a_i - p_i \\rVert - \\lVert a_i - n_i \\rVert + m,\\ 0\\right),\\quad"
            + " \\hat y_i = (a_i, p_i, n_i),\\quad m = "
            + m(),
        "max(‖aᵢ − pᵢ‖ − ‖aᵢ − nᵢ‖ + m, 0), ŷᵢ = (aᵢ, pᵢ, nᵢ), m = " + m());
  }

  @Override
  public Mathematics slope() {
    return new Mathematics(
        "\\frac{\\partial \\ell_i}{\\partial p_i} = \\frac{p_i - a_i}{\\lVert a_i - p_i"
            + " \\rVert},\\quad \\frac{\\partial \\ell_i}{\\partial n_i} = \\frac{a_i -"
            + " n_i}{\\lVert a_i - n_i \\rVert},\\quad \\frac{\\partial \\ell_i}{\\partial a_i} ="
            + " -\\frac{\\partial \\ell_i}{\\partial p_i} - \\frac{\\partial \\ell_i}{\\partial"
            + " n_i} \\text{ where } \\ell_i > 0",
        "∂ℓᵢ/∂pᵢ = (pᵢ − aᵢ)/‖aᵢ − pᵢ‖, ∂ℓᵢ/∂nᵢ = (aᵢ − nᵢ)/‖aᵢ − nᵢ‖,"
            + " ∂ℓᵢ/∂aᵢ = −∂ℓᵢ/∂pᵢ − ∂ℓᵢ/∂nᵢ where ℓᵢ > 0");
  }

  LossSpec drawn() {
    FormulaSlider positive =
        FormulaSlider.of("d", "d", 1.5, "distance d of the positive", 0, 4, 0.05);
    return PairwiseLosses.oneAnchor(
            "tripletMargin",
            positive,
            "the negative is 2 away",
            d -> d.minus(2).plus(margin.expr()).max(0))
        .withSettings(margin);
  }

  /** {@code max(5 − 5.5 + 1, 0)}. */
  @Override
  public String steps(double[] y, double[] places, int i) {
    int width = places.length / y.length / PARTS;
    String near = Numbers.text(rounded(places, PARTS * i, PARTS * i + 1, width));
    String far = Numbers.text(rounded(places, PARTS * i, PARTS * i + 2, width));
    return "max(" + near + " − " + far + " + " + m() + ", 0)";
  }

  /** Without the millionth that the distance has for its slope's sake, where it would show. */
  private static double rounded(double[] p, int i, int j, int width) {
    return Math.rint(TripletLoops.distance(p, i, j, width) * 1e5) / 1e5;
  }

  /** The loss of each row of three places. */
  private record Loops(int width, double margin) implements PairwiseLoops {
    @Override
    public void reserve(int rows) {}

    @Override
    public void losses(double[] y, double[] p, int rows, double[] losses) {
      for (int i = 0; i < rows; i++) {
        losses[i] = Math.max(excess(p, i), 0);
      }
    }

    private double excess(double[] p, int i) {
      return distance(p, i, 1) - distance(p, i, 2) + margin;
    }

    private double distance(double[] p, int i, int other) {
      return TripletLoops.distance(p, PARTS * i, PARTS * i + other, width);
    }

    @Override
    public void gradient(double[] y, double[] p, int rows, double[] factors, double[] gradient) {
      for (int i = 0; i < rows; i++) {
        double excess = excess(p, i);
        double share = excess > 0 ? 1 : excess == 0 ? 0.5 : 0; // half of the slope at the corner
        add(p, i, 1, factors[i] * share, gradient);
        add(p, i, 2, -factors[i] * share, gradient);
      }
    }

    private void add(double[] p, int i, int other, double factor, double[] gradient) {
      double distance = distance(p, i, other);
      for (int c = 0; c < width && distance != 0; c++) {
        int anchor = PARTS * i * width + c;
        int place = anchor + other * width;
        double slope = factor * (p[anchor] - p[place] + TripletLoops.EPSILON) / distance;
        gradient[anchor] += slope;
        gradient[place] -= slope;
      }
    }
  }
}
