package org.lossbook.training;

import org.lossbook.engine.Activation;

/**
 * Converts logits to probabilities for the metrics, when training left out the last activation.
 * Otherwise the network's output is the prediction.
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

  /** No conversion. */
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
        into[i] = exp(z[i] - most);
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
      into[i] = 1 / (1 + exp(-z[i]));
    }
    return into;
  }

  /**
   * eˣ in float precision. Math.exp would take longer than everything else that fit adds to the
   * bare step of a small network.
   */
  static float exp(float x) {
    float clipped = Math.max(-87, Math.min(88, x));
    // eˣ = 2ᵏ · eʳ, k the nearest integer: adding and taking away 1.5 · 2²³ rounds.
    float k = (clipped * 1.44269504f + 12582912f) - 12582912f;
    float r = clipped - k * 0.693359375f + k * 2.12194440e-4f; // ln 2 in two parts
    float e =
        1 + r * (1 + r * (0.5f + r * (1 / 6f + r * (1 / 24f + r * (1 / 120f + r * (1 / 720f))))));
    return e * Float.intBitsToFloat(((int) k + 127) << 23);
  }
}
