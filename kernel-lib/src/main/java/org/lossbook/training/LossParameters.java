package org.lossbook.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.loss.spec.Range;
import org.lossbook.loss.spec.Setting;
import org.lossbook.optimizer.ClippedNorms;
import org.lossbook.optimizer.Optimizer;

/**
 * The parameters of a loss: its settings with their current values. Scheduled ones are set at the
 * beginning of each epoch; learned ones are updated by the optimizer, through unconstrained numbers
 * that are mapped into their bounds. Nothing here allocates during a step.
 *
 * @hidden
 */
@Internal
public final class LossParameters {
  private final Loss loss;
  private final List<Setting> settings;
  private final double[] values;
  private final int[] learned;
  private final Range[] ranges;
  private final float[] free;
  private final float[] gradients;
  private final float[] spent;
  private final Optimizer.Updater updater;
  private final ClippedNorms norms;

  LossParameters(Loss loss, Optimizer optimizer) {
    this.loss = loss;
    settings = new TrainingLoss(loss).movingSettings();
    values = settings.stream().mapToDouble(Setting::value).toArray();
    learned =
        IntStream.range(0, values.length)
            .filter(i -> settings.get(i).varying().orElseThrow().schedule().isEmpty())
            .toArray();
    ranges = Arrays.stream(learned).mapToObj(i -> settings.get(i).range()).toArray(Range[]::new);
    free = new float[learned.length];
    gradients = new float[learned.length];
    spent = new float[learned.length];
    for (int k = 0; k < learned.length; k++) {
      free[k] = (float) ranges[k].free(values[learned[k]]);
    }
    // No weight decay here: shrinking a setting would mean choosing its value.
    updater = optimizer.withoutWeightDecay().start(learned.length);
    norms = optimizer.clipping().over(IntStream.range(0, learned.length).map(k -> 1).toArray());
  }

  /**
   * Sets the scheduled settings.
   *
   * @param epoch counted from 0 over all fits
   * @throws IllegalArgumentException if the schedule leaves the setting's bounds
   */
  public void beginEpoch(int epoch) {
    for (int i = 0; i < values.length; i++) {
      Setting setting = settings.get(i);
      var schedule = setting.varying().orElseThrow().schedule();
      if (schedule.isPresent()) {
        values[i] = setting.checked(scheduled(setting, schedule.get(), epoch));
      }
    }
  }

  private double scheduled(Setting setting, IntToDoubleFunction schedule, int epoch) {
    try {
      return schedule.applyAsDouble(epoch);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          Messages.of(
              "%s expects a schedule that gives %s for each epoch but it failed for epoch %d with"
                  + " %s (%s): correct the schedule.",
              loss.name(),
              setting.name(),
              epoch,
              e.getClass().getSimpleName(),
              e.getMessage() == null ? "no message" : e.getMessage()),
          e);
    }
  }

  /** Passes the current values to a compiled loss. */
  public void apply(BatchLoss to) {
    for (int i = 0; i < values.length; i++) {
      to.set(i, values[i]);
    }
  }

  /** Updates the learned settings, from the gradients of the last run. */
  void update(BatchLoss ran, double weight) {
    clearGradients();
    addGradients(ran, weight);
    step();
  }

  /** Sets the gradients to zero. */
  public void clearGradients() {
    Arrays.fill(gradients, 0);
  }

  /**
   * Adds the gradients of a loss's last run with respect to the learned settings.
   *
   * @param weight the weight of the loss in the total
   */
  void addGradients(BatchLoss ran, double weight) {
    for (int k = 0; k < learned.length; k++) {
      gradients[k] += (float) (weight * ran.settingGradient(learned[k]) * ranges[k].slope(free[k]));
    }
  }

  /** The optimizer's step with the accumulated gradients. */
  public void step() {
    if (learned.length == 0) {
      return;
    }
    // A copy: the updater may change its argument, and a second manual step needs the gradients.
    System.arraycopy(gradients, 0, spent, 0, spent.length);
    updater.beginStep();
    updater.gather(spent, 0, learned.length);
    if (updater.moves()) {
      norms.clip(spent);
      updater.surveyAll(free, spent, 0, learned.length);
    }
    updater.update(free, spent, 0, learned.length);
    takeFree();
  }

  /** Replaces the learned settings with their moving averages, if the optimizer keeps any. */
  void takeAverages() {
    if (learned.length > 0) {
      updater.average(free, 0, learned.length);
      takeFree();
    }
  }

  private void takeFree() {
    for (int k = 0; k < learned.length; k++) {
      values[learned[k]] = ranges[k].value(free[k]);
    }
  }

  /**
   * A snapshot of the learned settings, to be restored.
   *
   * @hidden
   */
  @Internal
  public record Learned(double[] values, float[] free) {}

  public Learned learned() {
    return new Learned(values.clone(), free.clone());
  }

  public void learned(Learned before) {
    for (int k = 0; k < learned.length; k++) {
      values[learned[k]] = before.values[learned[k]];
      free[k] = before.free[k];
    }
  }

  /** The updater of the learned settings. */
  public Optimizer.Updater updater() {
    return updater;
  }

  /** Adds the current values to the figures of an epoch, under their names after the output's. */
  void addTo(String prefix, Map<String, Double> figures) {
    for (int i = 0; i < values.length; i++) {
      figures.put(prefix + settings.get(i).name(), values[i]);
    }
  }

  /**
   * The current value of the setting of that name, fixed or not.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  double value(String name) {
    for (int i = 0; i < values.length; i++) {
      if (settings.get(i).name().equals(name)) {
        return values[i];
      }
    }
    return loss.settings().stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Messages.wrong(
                    "setting expects the name of a setting of %s but receives %s: it has %s.",
                    loss.name(),
                    Shown.of(name),
                    loss.settings().isEmpty()
                        ? "none"
                        : loss.settings().stream().map(Setting::name).toList()))
        .value();
  }
}
