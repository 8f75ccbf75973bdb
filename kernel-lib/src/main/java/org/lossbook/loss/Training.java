package org.lossbook.loss;

import java.util.List;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.layer.Penalty;

/**
 * What a model asks of the loss it is trained with. It stands beside {@link Loss} and not in it, so
 * that Tab lists there what a reader may ask.
 *
 * @param loss what is trained with
 * @hidden
 */
@Internal
public record Training(Loss loss) {
  /**
   * The same loss taken from the numbers before the model's last activation (Keras's name), where
   * the two belong together.
   */
  public Optional<Loss> joinedWith(String activation) {
    return loss.joinedWith(activation);
  }

  /** Those of the settings that move while a model trains, in the order of their declaration. */
  public List<Setting> movingSettings() {
    return loss.movingSettings();
  }

  /** What the model's weights cost beside the loss. */
  public Penalty penalty() {
    return loss.penalty();
  }

  /** The numbers a sample's target has where the model has {@code outputs}: one for a label. */
  public int targets(int outputs) {
    return loss.targets(outputs);
  }

  /** How many classes the truth tells apart; 0 where it is measurements, or several at once. */
  public int classes(int outputs) {
    return loss.classes(outputs);
  }

  /** Whether the truth is a yes or a no for each output. */
  public boolean takesAnswers() {
    return loss.target() == Target.PROBABILITY || loss.target() == Target.SIGN;
  }

  /** Above what an output is a yes: one half, or 0 where the loss takes logits or scores. */
  public double yesAbove() {
    return loss.prediction().isSigned() ? 0 : 0.5;
  }

  /** The loss compiled for a model of {@code outputs} numbers a sample; for one thread. */
  public BatchLoss bind(int outputs) {
    return loss.bind(outputs);
  }

  /** Refuses targets of a width that the loss has no meaning for. */
  public void checkTargetWidth(int width, int outputs) {
    loss.checkTargetWidth(width, outputs);
  }

  /** Refuses targets that the loss has no meaning for, naming the index and the value. */
  public void checkTargets(float[] y, int rows, int outputs) {
    loss.checkTargets(y, rows, outputs);
  }

  /** Why nothing can be learnt from the loss, whatever the model; empty where something can. */
  public Optional<String> withoutSlope() {
    return Mismatch.withoutSlope(loss);
  }

  /** Whether the loss is multiplied by 0, as one may be among several. */
  public boolean isSwitchedOff() {
    return loss.isSwitchedOff();
  }

  /** Why a model with this end must not be trained with the loss, and which call to change. */
  public Optional<String> refusal(OutputActivation end) {
    return loss.refusal(end);
  }
}
