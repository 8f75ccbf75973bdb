package org.lossbook.loss.sampled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.LossDomain;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.SampledFormula;
import org.lossbook.loss.spec.SampledLoops;
import org.lossbook.loss.spec.Target;

/**
 * Formula of {@link SampledSoftmax} from logits.
 *
 * @param count how many classes are drawn
 * @param given classes to take instead; none where they are drawn
 * @param isUniform whether all are drawn alike
 * @param keepsHits whether the true class counts among them
 * @param isOfLogits whether it is asked for logits, in place of probabilities
 */
record SampledSoftmaxFormula(
    int count, List<Integer> given, boolean isUniform, boolean keepsHits, boolean isOfLogits)
    implements SampledFormula {
  static final SampledSoftmaxFormula DEFAULT =
      new SampledSoftmaxFormula(64, List.of(), false, false, false);

  private static final String NAME = "sampledSoftmax";
  private static final int SHOWN = 4;

  SampledSoftmaxFormula candidates(int other) {
    if (other < 1) {
      throw Messages.wrong(
          "sampledSoftmax expects 1 candidate or more but receives %d: candidates(64) draws 64"
              + " classes for each batch.",
          other);
    }
    return new SampledSoftmaxFormula(other, List.of(), isUniform, keepsHits, isOfLogits);
  }

  SampledSoftmaxFormula fixed(int... classes) {
    Require.given(classes, NAME, "classes", "fixed(3, 1, 4) are some");
    List<Integer> all = Arrays.stream(classes).boxed().toList();
    boolean areDistinct = all.stream().distinct().count() == all.size();
    if (all.isEmpty() || !areDistinct || all.stream().anyMatch(c -> c < 0)) {
      throw Messages.wrong(
          "sampledSoftmax expects different classes from 0 on but receives %s: fixed(3, 1, 4) are"
              + " some.",
          all);
    }
    return new SampledSoftmaxFormula(all.size(), all, isUniform, keepsHits, isOfLogits);
  }

  SampledSoftmaxFormula uniform() {
    return new SampledSoftmaxFormula(count, given, true, keepsHits, isOfLogits);
  }

  SampledSoftmaxFormula keepAccidentalHits() {
    return new SampledSoftmaxFormula(count, given, isUniform, true, isOfLogits);
  }

  SampledSoftmaxFormula fromLogits() {
    return new SampledSoftmaxFormula(count, given, isUniform, keepsHits, true);
  }

  private Config config() {
    return Config.ours("SampledSoftmax")
        .with("candidates", count)
        .with("uniform", isUniform)
        .with("keep_accidental_hits", keepsHits)
        .with("from_logits", isOfLogits);
  }

  /** The loss: of probabilities the cross-entropy of all classes, whose form of logits draws. */
  LossSpec spec() {
    return isOfLogits ? ofLogits() : ofProbabilities();
  }

  private LossSpec ofProbabilities() {
    Expr one = Expr.of(1).minus(LossSpec.EPSILON);
    return LossSpec.of(
            NAME,
            Target.LABEL,
            Prediction.DISTRIBUTION,
            (y, p) -> p.pick(y).clip(LossSpec.EPSILON, one).as("p", "p").log().negate())
        .in("nats")
        .variant(variation())
        .withLogitsForm(fromLogits()::ofLogits)
        .savedAs(config());
  }

  private LossSpec ofLogits() {
    return LossSpec.of(NAME, LossDomain.of(Target.LABEL, Prediction.LOGITS), this)
        .in("nats")
        .variant(variation())
        .drawnAs(SampledSoftmaxFormula::drawn)
        .savedAs(config());
  }

  private String variation() {
    return Messages.of("%,d candidates", count);
  }

  private static LossSpec drawn() {
    return LossSpec.of(
            NAME, Target.LABEL, Prediction.LOGITS, (y, z) -> z.logSoftmax().pick(y).negate())
        .in("nats");
  }

  @Override
  public SampledLoops loops(int classes) {
    return new SampledSoftmaxLoops(this, classes);
  }

  @Override
  public Mathematics value() {
    return new Mathematics(
        "-\\log \\frac{e^{z_{y_i} - \\log E_{y_i}}}{e^{z_{y_i} - \\log E_{y_i}} + \\sum_{c \\in S}"
            + " e^{z_{i,c} - \\log E_c}}",
        "−log(exp(zᵢ(yᵢ) − log E(yᵢ))/(exp(zᵢ(yᵢ) − log E(yᵢ)) + Σ over c in S of exp(zᵢ(c) − log"
            + " E(c))))");
  }

  @Override
  public Mathematics slope() {
    return new Mathematics(
        "\\frac{\\partial \\ell_i}{\\partial z_{i,c}} = q_{i,c} - [c = y_i]",
        "∂ℓᵢ/∂zᵢ(c) = q(c) − 1 for the true class and q(c) for those of S, q the softmax among"
            + " them");
  }

  /** {@code logsumexp(1.3, 0.2) − 1.3}, as far as the classes fit. */
  @Override
  public String steps(double[] labels, double[] logits, int i) {
    int classes = logits.length / labels.length;
    var loops = new SampledSoftmaxLoops(this, classes);
    loops.draw();
    int label = (int) labels[i];
    List<String> terms = new ArrayList<>();
    String own = Numbers.brief(logits[i * classes + label] - loops.logExpected(label));
    terms.add(own);
    for (int k = 0; k < loops.count(); k++) {
      int drawn = loops.drawn(k);
      if (keepsHits || drawn != label) {
        double corrected = logits[i * classes + drawn] - loops.logExpected(drawn);
        terms.add(Numbers.brief(corrected) + " of class " + drawn);
      }
    }
    String shown = terms.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return "logsumexp(" + shown + (terms.size() > SHOWN ? ", …" : "") + ") − (" + own + ")";
  }
}
