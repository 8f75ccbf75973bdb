package org.lossbook.loss.pairwise;

import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.PairwiseFormula;
import org.lossbook.loss.spec.PairwiseLoops;
import org.lossbook.loss.spec.Setting;

/** Formula of {@link CosineEmbedding}: its loops, mathematics, worked steps and figure. */
record CosineEmbeddingFormula(Setting margin) implements PairwiseFormula {
  private static final int PARTS = 2;

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
        "\\begin{cases} 1 - \\cos(a_i, b_i) & \\text{if } y_i = 1 \\\\ \\max\\left(\\cos(a_i, b_i) -"
            + " m,\\ 0\\right) & \\text{otherwise} \\end{cases},\\quad \\hat y_i = (a_i,"
            + " b_i),\\quad m = "
            + m(),
        "(1 − cos(aᵢ, bᵢ) if yᵢ = 1, else max(cos(aᵢ, bᵢ) − m, 0)), ŷᵢ = (aᵢ, bᵢ), m = " + m());
  }

  @Override
  public Mathematics slope() {
    return new Mathematics(
        "\\frac{\\partial \\cos(a_i, b_i)}{\\partial a_i} = \\frac{1}{\\lVert a_i \\rVert}"
            + " \\left(\\frac{b_i}{\\lVert b_i \\rVert} - \\cos(a_i, b_i) \\frac{a_i}{\\lVert a_i"
            + " \\rVert}\\right)",
        "∂cos(aᵢ, bᵢ)/∂aᵢ = (bᵢ/‖bᵢ‖ − cos(aᵢ, bᵢ)·aᵢ/‖aᵢ‖)/‖aᵢ‖");
  }

  LossSpec drawn() {
    FormulaSlider angle = FormulaSlider.of("α", "\\alpha", 1, "angle α in radians", -3, 3, 0.05);
    return PairwiseLosses.oneAnchor(
            "cosineEmbedding", angle, "the two are the same, y = 1", a -> Expr.of(1).minus(a.cos()))
        .withSettings(margin);
  }

  /** {@code 1 − 0.96}, or {@code max(0.6 − 0, 0)}. */
  @Override
  public String steps(double[] y, double[] p, int i) {
    int width = p.length / y.length / PARTS;
    double cosine = new Loops(width, margin.value()).cosine(p, i);
    String rounded = Numbers.text(Math.rint(cosine * 1e9) / 1e9);
    return y[i] == 1 ? "1 − " + rounded : "max(" + rounded + " − " + m() + ", 0)";
  }

  /** The loss of each row of two vectors. */
  private record Loops(int width, double margin) implements PairwiseLoops {
    /** PyTorch adds this to squared norms. */
    private static final double EPSILON = 1e-12;

    @Override
    public void reserve(int rows) {}

    @Override
    public void losses(double[] y, double[] p, int rows, double[] losses) {
      for (int i = 0; i < rows; i++) {
        double cosine = cosine(p, i);
        losses[i] = y[i] == 1 ? 1 - cosine : Math.max(cosine - margin, 0);
      }
    }

    private double cosine(double[] p, int i) {
      int a = PARTS * i * width;
      int b = a + width;
      double lengthOfA = length(p, a);
      double lengthOfB = length(p, b);
      double sum = 0;
      for (int c = 0; c < width; c++) {
        sum += p[a + c] / lengthOfA * (p[b + c] / lengthOfB);
      }
      return sum;
    }

    /** The norm, of which no square overflows. */
    private double length(double[] p, int at) {
      double most = 1;
      for (int c = 0; c < width; c++) {
        most = Math.max(most, Math.abs(p[at + c]));
      }
      double sum = 0;
      for (int c = 0; c < width; c++) {
        sum += p[at + c] / most * (p[at + c] / most);
      }
      return most * Math.sqrt(sum + EPSILON / most / most);
    }

    @Override
    public void gradient(double[] y, double[] p, int rows, double[] factors, double[] gradient) {
      for (int i = 0; i < rows; i++) {
        double cosine = cosine(p, i);
        double above = cosine - margin;
        double share = y[i] == 1 ? -1 : above > 0 ? 1 : above == 0 ? 0.5 : 0;
        int a = PARTS * i * width;
        add(p, a, a + width, cosine, factors[i] * share, gradient);
        add(p, a + width, a, cosine, factors[i] * share, gradient);
      }
    }

    private void add(
        double[] p, int at, int other, double cosine, double factor, double[] gradient) {
      double length = length(p, at);
      double lengthOfOther = length(p, other);
      for (int c = 0; c < width; c++) {
        double apart = p[other + c] / lengthOfOther - cosine * (p[at + c] / length);
        gradient[at + c] += factor * apart / length;
      }
    }
  }
}
