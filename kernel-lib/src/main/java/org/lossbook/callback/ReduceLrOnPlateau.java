package org.lossbook.callback;

import java.util.Locale;
import java.util.Map;
import org.lossbook.base.Messages;

/**
 * Reduce learning rate on plateau: lowers the learning rate when a figure has stopped improving:
 * where large steps jump around the minimum, small ones still descend. Keras's {@code
 * ReduceLROnPlateau}.
 *
 * <pre>{@code
 * epochs(100).validationSplit(0.2).callbacks(reduceLrOnPlateau().factor(0.5).patience(4))
 * }</pre>
 *
 * <p>Settings and defaults are Keras's: after 10 epochs in which {@code val_loss} has not improved
 * by 0.0001, the learning rate is divided by 10. The history shows the learning rate of an epoch's
 * steps as {@code learning_rate}. Its counts continue in the next fit, and are saved in the model's
 * file.
 */
public final class ReduceLrOnPlateau extends MonitoringCallback<ReduceLrOnPlateau>
    implements Callback {
  private static final String NAME = "reduceLrOnPlateau";
  private static final double DEFAULT_DELTA = 1e-4;

  private double factor = 0.1;
  private int patience = 10;
  private int cooldown;
  private double minLr;

  private ReduceLrOnPlateau() {
    super(Monitor.of(NAME, "val_loss").minDelta(DEFAULT_DELTA));
  }

  /** Monitors {@code val_loss}: divides the learning rate by 10 after 10 epochs. */
  public static ReduceLrOnPlateau reduceLrOnPlateau() {
    return new ReduceLrOnPlateau();
  }

  /** A smaller change does not count as an improvement; 0.0001 by default. */
  public ReduceLrOnPlateau minDelta(double change) {
    return withMonitor(monitor().minDelta(change));
  }

  /** Multiplies the learning rate by this factor; 0.1 by default. */
  public ReduceLrOnPlateau factor(double value) {
    if (!(value > 0 && value < 1)) {
      throw Messages.wrong(
          "%s expects a factor between 0 and 1 but receives %s: 0.5 halves the learning rate.",
          NAME, value);
    }
    return with(copy -> copy.factor = value);
  }

  /** Waits for so many epochs without improvement; 10 by default. */
  public ReduceLrOnPlateau patience(int epochs) {
    return with(copy -> copy.patience = CallbackChecks.atLeastZero(NAME, "patience", epochs));
  }

  /** Ignores so many epochs after a reduction; 0 by default. */
  public ReduceLrOnPlateau cooldown(int epochs) {
    return with(copy -> copy.cooldown = CallbackChecks.atLeastZero(NAME, "cooldown", epochs));
  }

  /** Sets a lower bound of the learning rate. */
  public ReduceLrOnPlateau minLr(double rate) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw Messages.wrong(
          "%s expects a minLr of 0 or more but receives %s: try 1e-6.", NAME, rate);
    }
    return with(copy -> copy.minLr = rate);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean movesLearningRate() {
    return true;
  }

  @Override
  public Watcher start(Run run) {
    Monitor.Better better = monitor().on(run);
    return new Watcher() {
      private double best = better.worst();
      private int waited;
      private int cooling;
      private int times;
      private double first;

      @Override
      public void endEpoch() {
        Double value = run.figures().get(monitor().figure());
        if (value == null) {
          return; // an epoch without validation
        }
        if (cooling > 0) {
          cooling--;
          waited = 0;
        }
        if (better.isBetter(value, best)) {
          best = value;
          waited = 0;
        } else if (cooling == 0 && ++waited >= patience && run.learningRate() > minLr) {
          first = times++ == 0 ? run.learningRate() : first;
          double smaller = Math.max(run.learningRate() * factor, minLr);
          run.learningRate(Math.max(smaller, Double.MIN_VALUE));
          cooling = cooldown;
          waited = 0;
        }
      }

      @Override
      public Map<String, Double> memory() {
        return Map.of("best", best, "waited", (double) waited, "cooling", (double) cooling);
      }

      @Override
      public void resume(Map<String, Double> memory) {
        best = memory.getOrDefault("best", best);
        waited = memory.getOrDefault("waited", 0.0).intValue();
        cooling = memory.getOrDefault("cooling", 0.0).intValue();
      }

      @Override
      public void end() {
        if (times > 0) {
          run.note(
              String.format(
                  Locale.ROOT,
                  "the learning rate went from %.3g to %.3g in %d step%s",
                  first,
                  run.learningRate(),
                  times,
                  times == 1 ? "" : "s"));
        }
      }
    };
  }

  /** As it is written in code: {@code reduceLrOnPlateau().factor(0.5)}. */
  @Override
  public String toString() {
    return "reduceLrOnPlateau()"
        + monitor().code("val_loss", DEFAULT_DELTA)
        + (factor == 0.1 ? "" : ".factor(" + factor + ")")
        + (patience == 10 ? "" : ".patience(" + patience + ")")
        + (cooldown == 0 ? "" : ".cooldown(" + cooldown + ")")
        + (minLr == 0 ? "" : ".minLr(" + minLr + ")");
  }
}
