package org.lossbook.card;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.Layer;
import org.lossbook.layer.attention.AttentionLayer;
import org.lossbook.layer.convolution.KernelConvolution;
import org.lossbook.layer.convolution.SeparableConvolution;
import org.lossbook.layer.core.Dense;
import org.lossbook.layer.core.Embedding;
import org.lossbook.layer.normalization.BatchNormalization;
import org.lossbook.layer.worked.LayerSteps;

/** Worked steps of those layers that have them, on numbers that a reader can check by hand. */
final class LayerExamples {
  private static final double[] NUMBERS = {1, 2, 3};
  private static final Values SEQUENCE = Values.of(new double[] {1, 2, 3, 4}, 4, 1);
  private static final Values IMAGE = Values.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, 3, 3, 1);
  private static final Values ROWS = Values.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, 3, 3);

  private static final double[][] STEPS = {{1, 0}, {0, 1}, {1, 1}};

  private LayerExamples() {}

  /**
   * The steps; none for a layer without them.
   *
   * @throws IllegalArgumentException where the layer does not take these numbers
   */
  static Optional<LayerSteps> of(Layer layer) {
    if (layer instanceof Dense dense) {
      double[][] kernel = rows(NUMBERS.length, dense.outputShape(NUMBERS.length)[0]);
      return Optional.of(dense.explain(NUMBERS, kernel));
    }
    if (layer instanceof KernelConvolution<?> convolution) {
      Values x = sample(layer);
      return Optional.of(convolution.explain(x, kernels(layer, x).get(0)));
    }
    if (layer instanceof SeparableConvolution<?> convolution) {
      Values x = sample(layer);
      List<Values> kernels = kernels(layer, x);
      return Optional.of(convolution.explain(x, kernels.get(0), kernels.get(1)));
    }
    if (layer instanceof Embedding embedding) {
      int[] table = embedding.parameters(1).get(0).shape();
      return Optional.of(
          embedding.explain(new double[] {table[0] - 1.0, 0}, rows(table[0], table[1])));
    }
    if (layer instanceof AttentionLayer<?>) {
      return Optional.of(layer.explain(STEPS));
    }
    if (layer instanceof BatchNormalization) {
      return Optional.of(layer.explain(ROWS));
    }
    for (Object x : new Object[] {NUMBERS, IMAGE}) {
      try {
        return Optional.of(layer.explain(x));
      } catch (IllegalArgumentException refused) {
        // such as a pooling of images, which takes no row, or a layer without steps
      }
    }
    return Optional.empty();
  }

  /** A sequence, or an image where the layer takes one. */
  private static Values sample(Layer layer) {
    try {
      layer.outputShape(SEQUENCE.shape());
      return SEQUENCE;
    } catch (IllegalArgumentException refused) {
      return IMAGE;
    }
  }

  /** 0, 1, 2, … in the place of its weights. */
  private static List<Values> kernels(Layer layer, Values x) {
    return layer.parameters(x.shape()).stream().map(LayerExamples::counted).toList();
  }

  private static Values counted(Parameter parameter) {
    double[] numbers = new double[Shapes.size(parameter.shape())];
    Arrays.setAll(numbers, i -> i);
    return Values.of(numbers, parameter.shape());
  }

  /** 0.1, 0.2, … */
  private static double[][] rows(int count, int width) {
    var rows = new double[count][width];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        rows[i][j] = (i * width + j + 1) / 10.0;
      }
    }
    return rows;
  }
}
