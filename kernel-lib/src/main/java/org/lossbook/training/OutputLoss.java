package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.network.LastFunction;
import org.lossbook.network.Network;

/**
 * How a model's last function and its loss go together. Softmax or sigmoid and the cross-entropy
 * that belongs to it are joined for training, so that the gradient of the logits is ŷ − y and
 * finite however sure the model is.
 *
 * @param bounds what is known of the numbers at the model's end
 * @param activation the function there, as far as training may leave it out
 * @param loss what the reader compiled with; it judges predictions
 * @param trainingLoss what training computes: from logits where the two are joined
 * @hidden
 */
@Internal
public record OutputLoss(Bounds bounds, Activation activation, Loss loss, Loss trainingLoss) {
  static OutputLoss of(Network network, Network.Output output, Loss loss) {
    Activation activation = output.last().map(LastFunction::activation).orElse(Activation.LINEAR);
    Loss joined = new TrainingLoss(loss).joinedWith(activation.kerasName()).orElse(loss);
    return new OutputLoss(network.bounds(output), activation, loss, joined);
  }

  /** Above what an output is a yes: one half of a probability, 0 of a logit or a score. */
  public double yesAbove() {
    return givesProbabilities() ? 0.5 : new TrainingLoss(loss).yesAbove();
  }

  /** Whether the outputs are between 0 and 1, and not logits or scores. */
  public boolean givesProbabilities() {
    return bounds.areShares();
  }

  /** Whether training leaves out the function at the model's end. */
  public boolean isJoined() {
    return trainingLoss != loss;
  }

  /** From what the training plan gives to what the model predicts. */
  Probabilities probabilities(int rows, int outputs) {
    return isJoined()
        ? Probabilities.through(activation, rows, outputs)
        : Probabilities.asTheyAre();
  }
}
