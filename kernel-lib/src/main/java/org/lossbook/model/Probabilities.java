package org.lossbook.model;

import org.lossbook.engine.Activation;

/**
 * The function that a joined loss took from the model's end, for the metrics, which judge
 * probabilities. Where nothing was joined the predictions are what the network gives.
 */
final class Probabilities {
  private final Activation.Kind kind;
  private final int outputs;
  private final float[] into;

  private Probabilities(Activation.Kind kind, int rows, int outputs) {
    this.kind = kind;
    this.outputs = outputs;
    into = kind == Activation.Kind.LINEAR ? new float[0] : new float[rows * outputs];
  }

  /** Nothing to do. */
  static Probabilities asTheyAre() {
    return new Probabilities(Activation.Kind.LINEAR, 0, 0);
  }

  static Probabilities through(Activation activation, int rows, int outputs) {
    return new Probabilities(activation.kind(), rows, outputs);
  }

  float[] of(float[] logits) {
    return switch (kind) {
      case SOFTMAX -> softmax(logits);
      case SIGMOID -> sigmoid(logits);
      default -> logits;
    };
  }

  private float[] softmax(float[] z) {
    for (int row = 0; row < into.length; row += outputs) {
      float most = z[row];
      for (int i = row + 1; i < row + outputs; i++) {
        most = Math.max(most, z[i]);
      }
      float sum = 0;
      for (int i = row; i < row + outputs; i++) {
        into[i] = (float) Math.exp(z[i] - most);
        sum += into[i];
      }
      for (int i = row; i < row + outputs; i++) {
        into[i] /= sum;
      }
    }
    return into;
  }

  private float[] sigmoid(float[] z) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) (1 / (1 + Math.exp(-z[i])));
    }
    return into;
  }
}
