package org.lossbook.engine.onednn.normalization;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/** A normalization that multiplies by gamma and adds beta, where it has them. */
abstract class ScaledOperation extends Unary {
  final Optional<Parameters.Slot> gamma;
  final Optional<Parameters.Slot> beta;
  final float epsilon;

  ScaledOperation(
      GraphNode x,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon) {
    super(x);
    this.gamma = gamma;
    this.beta = beta;
    this.epsilon = (float) epsilon;
  }

  @Override
  public final boolean isTrained() {
    return Stream.of(gamma, beta)
        .flatMap(Optional::stream)
        .anyMatch(slot -> slot.parameter().trainable());
  }

  /** oneDNN's flags for gamma and beta. */
  final int scaleFlags() {
    return (gamma.isPresent() ? dnnl.dnnl_use_scale : 0)
        | (beta.isPresent() ? dnnl.dnnl_use_shift : 0);
  }

  /** Gamma or beta. */
  static memory parameter(PlanBuilder builder, Parameters.Slot slot) {
    return builder.parameter(slot, Formats.vector(slot.size()));
  }

  /** The gradient's memory; oneDNN writes it even if it is not needed. */
  static memory gradient(PlanBuilder builder, Parameters.Slot slot) {
    memory.desc layout = Formats.vector(slot.size());
    return slot.parameter().trainable()
        ? builder.gradient(slot, layout, layout)
        : builder.memory(layout);
  }

  /** Announces a gradient after the step that writes it. */
  static void written(PlanBuilder builder, Parameters.Slot slot, memory gradient) {
    if (slot.parameter().trainable()) {
      builder.gradientWritten(slot, Formats.vector(slot.size()), gradient);
    }
  }

  /** Reads gamma or beta in each forward pass. */
  static void read(PlanBuilder builder, Parameters.Slot slot, float[] into) {
    FloatBuffer numbers = Formats.numbers(parameter(builder, slot));
    builder.forward.add(stream -> numbers.get(0, into));
  }

  /** Writes the gradient of gamma or beta in each backward pass. */
  static void write(PlanBuilder builder, Parameters.Slot slot, double[] sums) {
    memory gradient = gradient(builder, slot);
    FloatBuffer to = Formats.numbers(gradient);
    builder.backward.add(
        stream -> {
          for (int i = 0; i < sums.length; i++) {
            to.put(i, (float) sums[i]);
          }
        });
    written(builder, slot, gradient);
  }
}
