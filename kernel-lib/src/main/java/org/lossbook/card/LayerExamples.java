package org.lossbook.card;

import java.util.Optional;
import org.lossbook.layer.Layer;
import org.lossbook.layer.activation.Softmax;
import org.lossbook.layer.convolution.Convolution;
import org.lossbook.layer.core.Dense;
import org.lossbook.layer.normalization.BatchNormalization;
import org.lossbook.layer.normalization.LayerNormalization;
import org.lossbook.layer.pooling.Pooling;
import org.lossbook.layer.worked.LayerSteps;

/** Worked steps of those layers that have them, on numbers that a reader can check by hand. */
final class LayerExamples {
  private static final double[][] IMAGE = {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}};
  private static final double[][] WINDOW = {{0, 1}, {2, 3}};
  private static final double[] NUMBERS = {1, 2, 3};

  private LayerExamples() {}

  /**
   * The steps; none for a layer without them.
   *
   * @throws IllegalArgumentException where the layer does not take these numbers
   */
  static Optional<LayerSteps> of(Layer layer) {
    LayerSteps steps = null;
    if (layer instanceof Dense dense) {
      steps = dense.explain(NUMBERS, kernel(dense.outputShape(NUMBERS.length)[0]));
    } else if (layer instanceof Convolution<?> convolution) {
      steps = convolution.explain(IMAGE, WINDOW);
    } else if (layer instanceof Pooling<?> pooling) {
      steps = pooling.explain(IMAGE);
    } else if (layer instanceof Softmax softmax) {
      steps = softmax.explain(NUMBERS);
    } else if (layer instanceof LayerNormalization normalization) {
      steps = normalization.explain(NUMBERS);
    } else if (layer instanceof BatchNormalization normalization) {
      steps = normalization.explain(IMAGE);
    }
    return Optional.ofNullable(steps);
  }

  /** A weight for each input and output: 0.1, 0.2, … */
  private static double[][] kernel(int units) {
    var kernel = new double[NUMBERS.length][units];
    for (int i = 0; i < kernel.length; i++) {
      for (int u = 0; u < units; u++) {
        kernel[i][u] = (i * units + u + 1) / 10.0;
      }
    }
    return kernel;
  }
}
