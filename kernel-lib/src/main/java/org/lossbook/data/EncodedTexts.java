package org.lossbook.data;

import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/** The numbers that a layer gives for texts, sample by sample. */
public interface EncodedTexts {
  /** How many samples there are. */
  int rows();

  /** The shape of a sample's numbers. */
  int[] shape();

  /** Writes a sample's numbers into an array from that place on. */
  void copy(int row, float[] into, int at);

  /** All of them, as an array. */
  default Values values(String who) {
    int size = Shapes.size(shape());
    float[] all =
        new float[Memory.length(who, Float.BYTES, "give fewer texts at once", rows(), size)];
    for (int i = 0; i < rows(); i++) {
      copy(i, all, i * size);
    }
    return Values.own(all, Shapes.batched(rows(), shape()));
  }
}
