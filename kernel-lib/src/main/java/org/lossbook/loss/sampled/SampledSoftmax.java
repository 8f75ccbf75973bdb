package org.lossbook.loss.sampled;

import org.lossbook.loss.Loss;

/**
 * Sampled softmax: sparse categorical cross-entropy for so many classes, the words of a vocabulary,
 * that training compares the true one with a few others, 64 unless {@link #candidates} says another
 * number: \(-\frac{1}{n}\sum_i \log \frac{e^{s_{i,y_i}}}{e^{s_{i,y_i}} + \sum_{c \in S}
 * e^{s_{i,c}}}, s_{i,c} = z_{i,c} - \log E_c\), in nats, E how often c is expected in S.
 *
 * <p>For vocabularies, behind {@code dense(words).softmax()}. Each batch draws its S log-uniformly,
 * because words are numbered by how often they occur; the true class among them does not count.
 * Evaluation sees all classes; {@code fromLogits()} is TensorFlow's {@code sampled_softmax_loss}.
 * Jean et al. 2015, <i>On using very large target vocabulary for neural machine translation</i>.
 *
 * <pre>{@code
 * sampledSoftmax().of(vector(1), matrix(row(0.05, 0.9, 0.05)))   // 0.105 nats
 * }</pre>
 *
 * @question How wrong is a distribution over far too many classes?
 * @avoid With few classes: the full cross-entropy is exact and as fast.
 */
public final class SampledSoftmax extends Loss {
  private final SampledSoftmaxFormula form;

  private SampledSoftmax(SampledSoftmaxFormula form) {
    super(form.spec());
    this.form = form;
  }

  /** The loss with 64 drawn classes. */
  public static SampledSoftmax sampledSoftmax() {
    return new SampledSoftmax(SampledSoftmaxFormula.DEFAULT);
  }

  /** With so many drawn classes for each batch. */
  public SampledSoftmax candidates(int count) {
    return new SampledSoftmax(form.candidates(count));
  }

  /** With these classes instead of drawn ones; a file does not hold them. */
  public SampledSoftmax fixed(int... classes) {
    return new SampledSoftmax(form.fixed(classes));
  }

  /** Draws all classes alike, where their numbers do not say which ones are frequent. */
  public SampledSoftmax uniform() {
    return new SampledSoftmax(form.uniform());
  }

  /** Also compares with the true class, where it is drawn. */
  public SampledSoftmax keepAccidentalHits() {
    return new SampledSoftmax(form.keepAccidentalHits());
  }

  /** The loss of training, from logits: of the drawn classes alone. */
  public SampledSoftmax fromLogits() {
    return new SampledSoftmax(form.fromLogits());
  }
}
