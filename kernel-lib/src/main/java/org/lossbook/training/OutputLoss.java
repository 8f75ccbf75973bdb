package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.network.LastFunction;
import org.lossbook.network.Network;

/**
 * The combination of an output's last activation and its loss. Softmax or sigmoid and the matching
 * cross-entropy are fused for training, so that the gradient with respect to the logits is ŷ − y,
 * finite however confident the model is.
 *
 * @param bounds the known bounds of the model's output
 * @param activation the last activation, if training may leave it out
 * @param loss the loss as compiled, which evaluates predictions
 * @param trainingLoss the loss that training computes, from logits if the two are fused
 * @hidden
 */
@Internal
public record OutputLoss(Bounds bounds, Activation activation, Loss loss, Loss trainingLoss) {
  static OutputLoss of(Network network, Network.Output output, Loss loss) {
    Activation activation = output.last().map(LastFunction::activation).orElse(Activation.LINEAR);
    Loss fused = new TrainingLoss(loss).fusedWith(activation.kerasName()).orElse(loss);
    return new OutputLoss(network.bounds(output), activation, loss, fused);
  }

  /** The decision threshold of an output: 0.5 for probabilities, 0 for logits and scores. */
  public double threshold() {
    return givesProbabilities() ? 0.5 : new TrainingLoss(loss).yesAbove();
  }

  /** Whether the outputs are probabilities, not logits or scores. */
  public boolean givesProbabilities() {
    return bounds.areProbabilities();
  }

  /** Whether training leaves out the last activation. */
  public boolean isFused() {
    return trainingLoss != loss;
  }

  /** Converts the output of the training plan to predictions. */
  Probabilities probabilities(int rows, int outputs) {
    return isFused() ? Probabilities.through(activation, rows, outputs) : Probabilities.asTheyAre();
  }
}
