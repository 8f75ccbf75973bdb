package org.lossbook.engine.onednn.recurrent;

import java.util.Arrays;
import org.lossbook.engine.Recurrence;

/** What a mask does at a step: where it is 0, the states of a sample stay as they were. */
final class Masks {
  private final Blocks numbers;
  private final int units;
  private final boolean zeroes;
  private final float[] mask;
  private final float[][] kept;

  Masks(Blocks numbers, int rows, int units, Recurrence how) {
    this.numbers = numbers;
    this.units = units;
    zeroes = how.zeroWhereMasked();
    mask = new float[rows];
    kept = new float[how.cell().states()][rows * units];
  }

  /**
   * Takes the new states back where they are masked.
   *
   * @param output the output of the step before, to be that of this step
   */
  void forward(int step, float[][] before, float[][] after, float[] output) {
    numbers.read(step, mask);
    for (int row = 0; row < mask.length; row++) {
      int at = row * units;
      if (mask[row] != 0) {
        System.arraycopy(after[0], at, output, at, units);
        continue;
      }
      for (int state = 0; state < after.length; state++) {
        System.arraycopy(before[state], at, after[state], at, units);
      }
      if (zeroes) {
        Arrays.fill(output, at, at + units, 0);
      }
    }
  }

  /**
   * Takes the gradients of masked states aside, and puts those of the outputs where they belong.
   *
   * @param output the gradients of this step's output, then what is left for the step before
   */
  void beforeBackward(int step, float[][] from, float[] output) {
    numbers.read(step, mask);
    for (int row = 0; row < mask.length; row++) {
      int at = row * units;
      if (mask[row] != 0) {
        for (int j = at; j < at + units; j++) {
          from[0][j] += output[j];
        }
        Arrays.fill(output, at, at + units, 0);
        continue;
      }
      for (int state = 0; state < from.length; state++) {
        System.arraycopy(from[state], at, kept[state], at, units);
        Arrays.fill(from[state], at, at + units, 0);
      }
      if (zeroes) {
        Arrays.fill(output, at, at + units, 0);
      }
    }
  }

  /** Gives the gradients of masked states to those before, which are the same. */
  void afterBackward(float[][] to) {
    for (int row = 0; row < mask.length; row++) {
      int at = row * units;
      if (mask[row] == 0) {
        for (int state = 0; state < to.length; state++) {
          System.arraycopy(kept[state], at, to[state], at, units);
        }
      }
    }
  }
}
