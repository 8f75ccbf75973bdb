package org.lossbook.loss.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.loss.spec.SequenceFormula;
import org.lossbook.loss.spec.SequenceLoops;
import org.lossbook.loss.spec.Target;

/** Formula of {@link Ctc}: its loops, its mathematics, its worked steps and its figure. */
final class CtcFormula implements SequenceFormula {
  private static final int SHOWN = 8;
  private static final int MOST_PATHS = 20_000;

  @Override
  public SequenceLoops loops(int steps, int classes) {
    return new CtcLoops(steps, classes);
  }

  @Override
  public Mathematics value() {
    return new Mathematics(
        "-\\log \\sum_{\\pi \\mapsto y_i} \\prod_t p_{t,\\pi_t},\\quad p_t ="
            + " \\operatorname{softmax}(z_t)",
        "−log Σ over π ↦ yᵢ of Πₜ pₜ(πₜ), pₜ = softmax(zₜ)");
  }

  @Override
  public Mathematics slope() {
    return new Mathematics(
        "\\frac{\\partial \\ell_i}{\\partial z_{t,k}} = p_{t,k} - P(\\pi_t = k \\mid \\pi \\mapsto"
            + " y_i)",
        "∂ℓᵢ/∂zₜₖ = pₜ(k) − P(πₜ = k where π ↦ yᵢ)");
  }

  /** An alignment with its probability. */
  private record Path(int[] symbols, double probability) {
    /** {@code 1 – 2}, with a dash for the blank. */
    String text() {
      return Arrays.stream(symbols)
          .mapToObj(symbol -> symbol == CtcLoops.BLANK ? "–" : Integer.toString(symbol))
          .collect(Collectors.joining(" "));
    }
  }

  /** The likeliest alignments, where they can be listed. */
  @Override
  public List<List<String>> steps(double[] labels, double[] z, int classes) {
    int steps = labels.length;
    if (Math.pow(classes, steps) > MOST_PATHS) {
      return List.of();
    }
    int[] wanted =
        Arrays.stream(labels).filter(label -> label > 0).mapToInt(l -> (int) l).toArray();
    double[][] p = new double[steps][];
    for (int t = 0; t < steps; t++) {
      p[t] = softmax(Arrays.copyOfRange(z, t * classes, (t + 1) * classes));
    }
    List<Path> paths = new ArrayList<>();
    extend(new int[steps], 0, 1, p, wanted, paths);
    paths.sort(Comparator.comparingDouble(path -> -path.probability));
    List<List<String>> rows = new ArrayList<>();
    for (Path path : paths.subList(0, Math.min(SHOWN, paths.size()))) {
      List<String> factors = new ArrayList<>();
      for (int t = 0; t < steps; t++) {
        factors.add(Numbers.text(p[t][path.symbols[t]]));
      }
      rows.add(
          List.of(path.text() + ": " + String.join("·", factors), Numbers.text(path.probability)));
    }
    if (paths.size() > SHOWN) {
      double rest =
          paths.subList(SHOWN, paths.size()).stream().mapToDouble(Path::probability).sum();
      rows.add(List.of((paths.size() - SHOWN) + " more alignments", Numbers.text(rest)));
    }
    return rows;
  }

  private static void extend(
      int[] path, int t, double probability, double[][] p, int[] wanted, List<Path> into) {
    if (t == path.length) {
      if (Arrays.equals(CtcDecode.collapsed(path), wanted)) {
        into.add(new Path(path.clone(), probability));
      }
      return;
    }
    for (int k = 0; k < p[t].length; k++) {
      path[t] = k;
      extend(path, t + 1, probability * p[t][k], p, wanted, into);
    }
  }

  static double[] softmax(double... z) {
    double highest = Arrays.stream(z).max().orElse(0);
    double[] p = Arrays.stream(z).map(each -> Math.exp(each - highest)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(each -> each / sum).toArray();
  }

  /** One label and two steps, each of which says it with the logit z: −log(1 − (1 − p)²). */
  static LossSpec drawn() {
    FormulaSlider logit = FormulaSlider.of("z", "z", -1, "logit z of the label", -6, 6, 0.1);
    return LossSpec.of(
            "ctc",
            Target.NUMBER,
            Prediction.LOGIT,
            (y, z) -> z.negate().softplus().minus(z.negate().sigmoid().log1p()).mean())
        .in("nats")
        .sampledBy(
            () ->
                new ProbeSample(
                    List.of(),
                    List.of(logit),
                    1,
                    Expr.of(0),
                    Expr.row(logit.letter()),
                    "one label, which either of two steps may say",
                    "said"));
  }
}
