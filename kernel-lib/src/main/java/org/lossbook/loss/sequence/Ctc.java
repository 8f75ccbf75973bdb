package org.lossbook.loss.sequence;

import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.LossDomain;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Connectionist temporal classification: how surprising a sequence of labels is to a model that
 * says at each step one of them or the blank 0, wherever in its steps it says them, \(-\log
 * \sum_{\pi \mapsto y} \prod_t \operatorname{softmax}(z_t)_{\pi_t}\) over all alignments \(\pi\)
 * that come to y when what is repeated counts once and blanks are left out; in nats, the mean over
 * the samples.
 *
 * <p>For speech and handwriting, whose labels are known but not when each is said. Labels {@code
 * [n, length]} count from 1, and 0 or −1 fills up shorter ones; logits are {@code [n, steps,
 * classes]}. Labels that need more steps than there are have an infinite loss, as in Keras, and a
 * slope of 0; {@code fit} refuses them. Steps that a mask or a weight of 0 leaves out at the end
 * are not there. {@link CtcDecode} finds the labels again. Graves et al. 2006, <i>Connectionist
 * temporal classification</i>.
 *
 * <pre>{@code
 * ctc().of(vector(1), matrix(row(0, 0), row(0, 0)))   // 0.2877, log(4/3): of 4 alignments 3 say 1
 * }</pre>
 *
 * @question How surprising is a text, when nobody said at which step each letter comes?
 * @avoid When each step has its label: use {@link org.lossbook.loss.SparseCategoricalCrossentropy}.
 */
public final class Ctc extends Loss {
  private Ctc() {
    super(
        LossSpec.of("ctc", LossDomain.of(Target.SEQUENCE, Prediction.LOGITS), new CtcFormula())
            .ofLogitsOnly()
            .drawnAs(CtcFormula::drawn)
            .in("nats")
            .inKeras("CTC"));
  }

  /** The loss of sequences of labels, from logits. */
  public static Ctc ctc() {
    return new Ctc();
  }
}
