package org.lossbook.training.fit;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.loss.spec.ClassWeights;
import org.lossbook.training.TrainingPlan;

/**
 * The weight of each sample's loss: its sample weight times its class weight.
 *
 * @hidden
 */
@Internal
public final class SampleWeights {
  private final Optional<float[]> samples;
  private final Optional<ClassWeights.Table> classes;

  SampleWeights(FitOptions options, int targets) {
    samples = options.sampleWeight();
    classes =
        Optional.of(options.classWeight())
            .filter(weights -> !weights.isEmpty())
            .map(weights -> weights.table(targets));
  }

  /**
   * The weights in an array of any kind.
   *
   * @param who the caller: {@code sampleWeight}
   * @throws IllegalArgumentException if one of them is negative or NaN
   */
  public static float[] of(String who, Object given) {
    float[] each = Values.of(who, given).finite(who, "weights").toFloats();
    for (float weight : each) {
      if (weight < 0) {
        throw Messages.wrong(
            "%s expects weights of 0 or more but receives %s: a weight cannot be negative.",
            who, weight);
      }
    }
    return each;
  }

  /** Sets the weights of a batch that comes with its own. */
  void weigh(TrainingPlan plan, Optional<float[]> own) {
    if (own.isEmpty() && classes.isEmpty()) {
      return;
    }
    float[] into = plan.sampleWeights();
    for (int i = 0; i < plan.batch(); i++) {
      double weight = own.isEmpty() ? 1 : own.get()[i];
      into[i] = (float) (classes.isEmpty() ? weight : weight * classes.get().of(plan.y(), i));
    }
    plan.weigh();
  }

  /** Sets the weights of the loaded batch. */
  void weigh(TrainingPlan plan, int[] order, int from) {
    if (samples.isEmpty() && classes.isEmpty()) {
      return;
    }
    float[] into = plan.sampleWeights();
    for (int i = 0; i < plan.batch(); i++) {
      double weight = samples.isEmpty() ? 1 : samples.get()[order[from + i]];
      into[i] = (float) (classes.isEmpty() ? weight : weight * classes.get().of(plan.y(), i));
    }
    plan.weigh();
  }
}
