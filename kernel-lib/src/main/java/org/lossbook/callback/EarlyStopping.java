package org.lossbook.callback;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lossbook.base.Messages;

/**
 * Early stopping: ends a run when a figure has stopped improving, as from then on the model
 * overfits.
 *
 * <pre>{@code
 * epochs(100).validationSplit(0.2).callbacks(earlyStopping().patience(3).restoreBestWeights())
 * sequential(input(1), dense(1)).compile(sgd(), mse())
 *     .fit(vector(1, 2), vector(2, 4), epochs(9).callbacks(earlyStopping().monitor("loss").mode("max")))
 *     .epochs().size()  // 2: the loss falls, which is not better where more is
 * }</pre>
 *
 * <p>Settings and defaults are Keras's: the figure {@code val_loss}, no patience (the first epoch
 * that is not better ends the run), and any improvement counts. Its counts continue in the next fit
 * unless it ended this one, and are saved in the model's file; the weights of the best epoch are
 * not, so a run that continues from a file restores the best epoch of its own. Prechelt, Early
 * Stopping – But When?, 1998.
 */
public final class EarlyStopping extends MonitoringCallback<EarlyStopping> implements Callback {
  private static final String NAME = "earlyStopping";

  private int patience;
  private OptionalDouble baseline = OptionalDouble.empty();
  private boolean restoring;
  private int startFromEpoch;

  private EarlyStopping() {
    super(Monitor.of(NAME, "val_loss"));
  }

  /** Monitors {@code val_loss} without patience. */
  public static EarlyStopping earlyStopping() {
    return new EarlyStopping();
  }

  /** A smaller change does not count as an improvement; 0 by default. */
  public EarlyStopping minDelta(double change) {
    return withMonitor(monitor().minDelta(change));
  }

  /** Waits for so many epochs without improvement before it ends the run; 0 by default. */
  public EarlyStopping patience(int epochs) {
    return with(copy -> copy.patience = CallbackChecks.atLeastZero(NAME, "patience", epochs));
  }

  /** Requires a figure better than this as well. */
  public EarlyStopping baseline(double value) {
    return with(copy -> copy.baseline = OptionalDouble.of(value));
  }

  /** Restores the weights of the best epoch at the end. */
  public EarlyStopping restoreBestWeights() {
    return with(copy -> copy.restoring = true);
  }

  /** Ignores the first epochs, so many of them. */
  public EarlyStopping startFromEpoch(int epochs) {
    return with(
        copy -> copy.startFromEpoch = CallbackChecks.atLeastZero(NAME, "startFromEpoch", epochs));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Watcher start(Run run) {
    return new StoppingWatcher(run, monitor().on(run));
  }

  private final class StoppingWatcher implements Watcher {
    private final Run run;
    private final Monitor.Better better;
    private double best;
    private int bestEpoch;
    private int waited;
    private boolean baselineBeaten;
    private boolean first = true;
    private boolean over;
    private int earlier; // epochs of the run that this one continues
    private int seen;
    private Optional<Run.Snapshot> weights = Optional.empty();

    StoppingWatcher(Run run, Monitor.Better better) {
      this.run = run;
      this.better = better;
      best = better.worst();
      baselineBeaten = baseline.isEmpty();
    }

    @Override
    public void endEpoch() {
      Double value = run.figures().get(monitor().figure());
      seen = epoch();
      if (epoch() <= startFromEpoch || value == null) {
        return; // too early, or an epoch that is not validated
      }
      waited++;
      if (better.isBetter(value, best)) {
        best = value;
        keep();
        if (baseline.isEmpty() || better.isBetter(value, baseline.getAsDouble())) {
          baselineBeaten = true;
          waited = 0;
        }
        return;
      }
      if (bestEpoch == 0) {
        keep(); // no finite figure yet to compare with
      }
      // As in Keras, a run never ends after a single epoch.
      if (waited >= patience && epoch() > 1) {
        run.stop(reason());
      }
    }

    /** The current epoch, counted on from the previous run where this one starts at 1 again. */
    private int epoch() {
      if (first) {
        first = false;
        earlier = Math.max(0, earlier - (run.epoch() - 1));
      }
      return earlier + run.epoch();
    }

    private void keep() {
      bestEpoch = epoch();
      if (restoring) {
        weights = Optional.of(run.snapshot());
      }
    }

    /** Its number in the history, which starts over with each fit. */
    private String bestEpoch() {
      return bestEpoch > earlier
          ? Integer.toString(bestEpoch - earlier)
          : bestEpoch + " of the run before";
    }

    private String reason() {
      return baselineBeaten
          ? Messages.of("%s has not improved since epoch %s", monitor().figure(), bestEpoch())
          : Messages.of(
              "%s has not been %s the baseline %s",
              monitor().figure(), better.rising() ? "above" : "below", baseline.getAsDouble());
    }

    @Override
    public Map<String, Double> memory() {
      return Map.of(
          "best",
          best,
          "bestEpoch",
          (double) bestEpoch,
          "waited",
          (double) waited,
          "baselineBeaten",
          baselineBeaten ? 1.0 : 0.0,
          "epochs",
          (double) seen,
          "restored",
          weights.isPresent() && over ? 1.0 : 0.0);
    }

    @Override
    public void resume(Map<String, Double> memory) {
      best = memory.getOrDefault("best", best);
      bestEpoch = memory.getOrDefault("bestEpoch", 0.0).intValue();
      waited = memory.getOrDefault("waited", 0.0).intValue();
      baselineBeaten = baseline.isEmpty() || memory.getOrDefault("baselineBeaten", 0.0) == 1;
      earlier = memory.getOrDefault("epochs", 0.0).intValue();
      seen = earlier;
      boolean hasBestWeights = bestEpoch == earlier || memory.getOrDefault("restored", 0.0) == 1;
      if (restoring && bestEpoch > 0 && hasBestWeights) {
        weights = Optional.of(run.snapshot());
      }
    }

    @Override
    public void end() {
      over = true;
      if (restoring && weights.isEmpty() && bestEpoch > 0) {
        run.note(
            Messages.of(
                "the weights are those of the last epoch: the best by %s, those of epoch %s, were not in the file",
                monitor().figure(), bestEpoch()));
      }
      weights.ifPresent(
          snapshot -> {
            run.restore(snapshot);
            run.note(
                Messages.of(
                    "the weights are those of epoch %s, the best by %s",
                    bestEpoch(), monitor().figure()));
          });
    }
  }

  /** As it is written in code: {@code earlyStopping().patience(3)}. */
  @Override
  public String toString() {
    return "earlyStopping()"
        + monitor().code("val_loss", 0)
        + (patience == 0 ? "" : ".patience(" + patience + ")")
        + (baseline.isEmpty() ? "" : ".baseline(" + baseline.getAsDouble() + ")")
        + (restoring ? ".restoreBestWeights()" : "")
        + (startFromEpoch == 0 ? "" : ".startFromEpoch(" + startFromEpoch + ")");
  }
}
