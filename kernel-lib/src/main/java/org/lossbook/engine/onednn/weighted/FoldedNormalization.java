package org.lossbook.engine.onednn.weighted;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.normalization.BatchNormalization;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * A batch normalization that inference leaves to the weights before it: kernel · scale, and bias ·
 * scale + shift. Computed anew when the parameters change.
 */
final class FoldedNormalization {
  private final BatchNormalization normalization;
  private memory factors;
  private memory bias;

  FoldedNormalization(BatchNormalization normalization) {
    this.normalization = normalization;
  }

  /** Adds the step that computes the factors and the bias, before the first use of either. */
  void addSteps(PlanBuilder builder, Optional<Parameters.Slot> given, int outputs) {
    factors = builder.memory(Formats.vector(outputs));
    bias = builder.memory(Formats.vector(outputs));
    Parameters parameters = builder.parameters();
    FloatBuffer toFactors = Formats.numbers(factors);
    FloatBuffer toBias = Formats.numbers(bias);
    float[] scale = new float[outputs];
    float[] shift = new float[outputs];
    float[] before = new float[outputs];
    builder.weights.add(
        stream -> {
          normalization.factors(parameters, scale, shift);
          given.ifPresent(b -> parameters.read(b.vector(), b.offset(), before, outputs));
          for (int o = 0; o < outputs; o++) {
            shift[o] += before[o] * scale[o];
          }
          toFactors.put(0, scale);
          toBias.put(0, shift);
        });
  }

  memory factors() {
    return factors;
  }

  memory bias() {
    return bias;
  }
}
