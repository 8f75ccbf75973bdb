package org.lossbook.training;

import java.util.Arrays;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.data.View;
import org.lossbook.engine.Shapes;
import org.lossbook.network.samples.TextSamples;

/**
 * Samples of any kind that fit a model.
 *
 * @param model the model for samples of these shapes
 */
record Samples(CompiledModel model, int size, Copy copy) {
  /** Copies {@code count} samples from number {@code from} on to the start of an array. */
  interface Copy {
    void copy(int from, int count, float[] into);
  }

  /**
   * @param who the caller: {@code predict}
   * @param samples a list of arrays for several inputs, one for each
   * @throws IllegalArgumentException if there are none, or if they do not fit
   */
  static Samples of(String who, CompiledModel model, Object samples) {
    Samples ready = ready(who, model, TextSamples.ready(who, model.network(), samples));
    if (ready.size == 0) {
      throw Messages.wrong(
          "%s expects at least one sample but receives none: check how they were selected.", who);
    }
    return ready;
  }

  private static Samples ready(String who, CompiledModel model, Object samples) {
    if (samples instanceof Dataset data) {
      return new Samples(
          sized(who, model, data.sampleShapes()),
          data.size(),
          (from, count, into) -> data.x().copy(from, count, into));
    }
    if (samples instanceof View view) {
      return new Samples(sized(who, model, view.rowShapes()), view.size(), view::copy);
    }
    if (model.network().inputs().size() > 1) {
      return ready(who, model, Dataset.samples(who, samples));
    }
    Values values = rows(model, Values.of(who, samples).finite(who, "the samples"));
    float[] all = values.toFloats();
    int stride = values.rowSize();
    return new Samples(
        sized(who, model, List.of(Arrays.copyOfRange(values.shape(), 1, values.rank()))),
        values.rows(),
        (from, count, into) -> System.arraycopy(all, from * stride, into, 0, count * stride));
  }

  private static CompiledModel sized(String who, CompiledModel model, List<int[]> samples) {
    new DataChecks(model).samples(who, samples);
    return model.sizedFor(who, samples);
  }

  /**
   * The samples as rows: a single sample becomes a batch of one, with or without a trailing 1 in
   * its shape; for an input of one number, numbers are samples.
   */
  private static Values rows(CompiledModel compiled, Values values) {
    int[] input = compiled.network().inputShapes().get(0);
    int[] alone = Shapes.trimmed(input);
    if (!Shapes.areFixed(input)) {
      return values.rank() == input.length ? values.reshape(prepended(1, values.shape())) : values;
    }
    boolean isOne =
        values.rank() <= input.length && Arrays.equals(Shapes.trimmed(values.shape()), alone);
    if (isOne && alone.length > 0) {
      return values.reshape(prepended(1, input));
    }
    return values.rank() == 0
        ? values.reshape(1, 1)
        : values.rank() == 1 && Shapes.size(input) == 1 ? values.reshape(values.size(), 1) : values;
  }

  static int[] prepended(int first, int[] shape) {
    return Shapes.batched(first, shape);
  }
}
