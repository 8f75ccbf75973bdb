package org.lossbook.engine.onednn.recurrent;

/** h' = z · h + (1 − z) · g, the end of both kinds of GRU; z, r, g are the gates of a sample. */
final class GruMix {
  private GruMix() {}

  static void forward(Cell.Shape shape, float[] gates, float[] before, float[] after) {
    int units = shape.units();
    for (int at = 0, z = 0; z < gates.length; at += units, z += shape.width()) {
      int g = z + 2 * units;
      for (int j = 0; j < units; j++) {
        float candidate = gates[g + j];
        after[at + j] = candidate + gates[z + j] * (before[at + j] - candidate);
      }
    }
  }

  /** Puts the gradients before the sigmoid of z and before tanh in their place. */
  static void backward(Cell.Shape shape, float[] gates, float[] before, float[] from, float[] to) {
    int units = shape.units();
    for (int at = 0, z = 0; z < gates.length; at += units, z += shape.width()) {
      int g = z + 2 * units;
      for (int j = 0; j < units; j++) {
        float update = gates[z + j];
        float candidate = gates[g + j];
        float away = from[at + j];
        to[at + j] = away * update;
        gates[z + j] = away * (before[at + j] - candidate) * update * (1 - update);
        gates[g + j] = away * (1 - update) * (1 - candidate * candidate);
      }
    }
  }
}
