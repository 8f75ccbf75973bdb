package org.lossbook.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.data.View;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/**
 * Prediction: runs samples of any kind through a model.
 *
 * @hidden
 */
@Internal
public final class Predictor {
  private Predictor() {}

  /**
   * The predictions of one output for samples.
   *
   * @param samples a list of arrays for several inputs, one for each
   */
  public static Values of(CompiledModel model, int head, Object samples) {
    if (samples instanceof Dataset data) {
      CompiledModel compiled = sized(model, data.sampleShapes());
      return predict(
          compiled, head, data.size(), (step, from, count) -> data.x().copy(from, count, step.x()));
    }
    if (samples instanceof View view) {
      CompiledModel compiled = sized(model, view.rowShapes());
      return predict(
          compiled, head, view.size(), (step, from, count) -> view.copy(from, count, step.x()));
    }
    int inputs = model.network().inputs().size();
    if (inputs > 1) {
      return of(model, head, Dataset.samples("predict", samples));
    }
    Values values = rows(model, Values.of("predict", samples).finite("predict", "the samples"));
    CompiledModel compiled =
        sized(model, List.of(Arrays.copyOfRange(values.shape(), 1, values.rank())));
    float[] all = values.toFloats();
    int stride = values.rowSize();
    return predict(
        compiled,
        head,
        values.rows(),
        (step, from, count) -> System.arraycopy(all, from * stride, step.x(), 0, count * stride));
  }

  /** The model for samples of these shapes, which must fit it. */
  private static CompiledModel sized(CompiledModel model, List<int[]> samples) {
    new DataChecks(model).samples("predict", samples);
    return model.sizedFor("predict", samples);
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

  private static Values predict(
      CompiledModel compiled, int head, int size, BatchedInference.Source source) {
    if (size == 0) {
      throw new IllegalArgumentException(
          "predict expects at least one sample but receives none: check how they were selected.");
    }
    int outputs = compiled.heads().get(head).size();
    float[] all =
        new float
            [Memory.length(
                Messages.of("predict of %,d samples", size),
                Float.BYTES,
                "predict fewer at a time, such as data.rows(0, 1000)",
                size,
                outputs)];
    BatchedInference.run(
        compiled,
        "predict",
        size,
        source,
        (step, from, count) ->
            System.arraycopy(step.predictions(head), 0, all, from * outputs, count * outputs));
    return Values.of(all, prepended(size, compiled.heads().get(head).output().shape()));
  }

  private static int[] prepended(int first, int[] shape) {
    return IntStream.concat(IntStream.of(first), IntStream.of(shape)).toArray();
  }
}
