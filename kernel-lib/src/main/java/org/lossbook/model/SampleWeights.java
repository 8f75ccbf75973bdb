package org.lossbook.model;

import java.util.Map;
import java.util.Optional;
import org.lossbook.loss.Loss;
import org.lossbook.loss.Target;

/** What each sample's loss is multiplied by: its own weight times that of its class. */
final class SampleWeights {
  private final Optional<float[]> samples;
  private final float[] classes;
  private final int targets;
  private final boolean labels;

  SampleWeights(FitOptions options, Loss loss, int targets) {
    this.samples = options.sampleWeight();
    this.targets = targets;
    labels = loss.target() == Target.LABEL || targets == 1;
    classes = options.classWeight().isEmpty() ? new float[0] : byLabel(options.classWeight());
  }

  private static float[] byLabel(Map<Integer, Double> weights) {
    int most = weights.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    float[] byLabel = new float[most + 1];
    for (int label = 0; label <= most; label++) {
      byLabel[label] = weights.getOrDefault(label, 1.0).floatValue();
    }
    return byLabel;
  }

  /** Sets the weights of the batch that is loaded. */
  void weigh(TrainingStep step, int[] order, int from) {
    if (samples.isEmpty() && classes.length == 0) {
      return;
    }
    float[] into = step.sampleWeights();
    float[] y = step.y();
    for (int i = 0; i < step.batch(); i++) {
      float weight = samples.isEmpty() ? 1 : samples.get()[order[from + i]];
      into[i] = classes.length == 0 ? weight : weight * ofClass(label(y, i));
    }
    step.weigh();
  }

  private float ofClass(int label) {
    return label >= 0 && label < classes.length ? classes[label] : 1;
  }

  /** A label is its number; of a row of probabilities, the place of the greatest. */
  private int label(float[] y, int sample) {
    if (labels) {
      return Math.round(y[sample]);
    }
    int best = 0;
    for (int i = 1; i < targets; i++) {
      if (y[sample * targets + i] > y[sample * targets + best]) {
        best = i;
      }
    }
    return best;
  }
}
