package org.lossbook.training.fit;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.data.WeightedSource;
import org.lossbook.data.view.SampleSource;
import org.lossbook.loss.spec.ClassWeights;
import org.lossbook.training.OutputHead;
import org.lossbook.training.TrainingPlan;

/**
 * The weights of the losses: of each sample, or at each position, times that of its class.
 *
 * @hidden
 */
@Internal
public final class SampleWeights {
  private final Optional<ClassWeights.Table> classes;

  SampleWeights(FitOptions options, OutputHead head) {
    classes =
        Optional.of(options.classWeight())
            .filter(weights -> !weights.isEmpty())
            .map(weights -> weights.table(head.targetWidth()));
  }

  /**
   * The weights in an array of any kind.
   *
   * @param who the caller: {@code sampleWeight}
   * @throws IllegalArgumentException if one of them is negative or NaN
   */
  public static float[] of(String who, Object given) {
    return WeightedSource.numbers(who, given);
  }

  /** Sets the weights of a batch that comes with its own. */
  void weigh(TrainingPlan plan, Optional<float[]> own) {
    if (own.isPresent()) {
      int each = own.get().length / plan.batch();
      System.arraycopy(own.get(), 0, plan.lossWeights().fill(each), 0, plan.batch() * each);
      weighClasses(plan, each);
    } else if (classes.isPresent()) {
      weighClasses(plan, 0);
    }
  }

  /** Sets the weights of the loaded batch. */
  void weigh(TrainingPlan plan, SampleSource samples, int[] order, int from) {
    int each = samples.weightsPerSample();
    if (each > 0) {
      samples.gatherWeights(order, from, plan.batch(), plan.lossWeights().fill(each));
      weighClasses(plan, each);
    } else if (classes.isPresent()) {
      weighClasses(plan, 0);
    }
  }

  /**
   * Multiplies the weights by those of the classes.
   *
   * @param each how many weights a sample has; none where it has no other
   */
  private void weighClasses(TrainingPlan plan, int each) {
    if (classes.isEmpty()) {
      return;
    }
    int positions = plan.head(0).positions();
    float[] others = each == 0 ? null : plan.lossWeights().of(positions);
    float[] into = plan.lossWeights().fill(positions);
    for (int i = 0; i < plan.batch() * positions; i++) {
      double weight = others == null ? 1 : others[i];
      into[i] = (float) (weight * classes.get().of(plan.y(), i));
    }
  }
}
