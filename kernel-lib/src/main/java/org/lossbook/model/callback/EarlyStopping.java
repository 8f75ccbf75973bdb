package org.lossbook.model.callback;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Ends a run when a figure has stopped getting better: what is learned after that is the training
 * samples themselves.
 *
 * <pre>{@code
 * epochs(100).validationSplit(0.2).callbacks(earlyStopping().patience(3).restoreBestWeights())
 * sequential(input(1), dense(1)).compile(sgd(), mse())
 *     .fit(vector(1, 2), vector(2, 4), epochs(9).callbacks(earlyStopping().monitor("loss").mode("max")))
 *     .epochs().size()  // 2: the loss falls, which is not better where more is
 * }</pre>
 *
 * <p>Settings and defaults are Keras's: the figure {@code val_loss}, no patience (the first epoch
 * that is not better ends the run), any change counts. Prechelt, Early Stopping – But When?, 1998.
 */
public final class EarlyStopping extends Following<EarlyStopping> implements Callback {
  private static final String NAME = "earlyStopping";

  private int patience;
  private OptionalDouble baseline = OptionalDouble.empty();
  private boolean restoring;
  private int startFromEpoch;

  private EarlyStopping() {
    super(Monitor.of(NAME, "val_loss"));
  }

  /** Follows {@code val_loss} without patience. */
  public static EarlyStopping earlyStopping() {
    return new EarlyStopping();
  }

  /** A change of less than that does not count as better; 0 unless said. */
  public EarlyStopping minDelta(double change) {
    return follow(followed().minDelta(change));
  }

  /** Waits for so many epochs without anything better before it ends the run; 0 unless said. */
  public EarlyStopping patience(int epochs) {
    return with(copy -> copy.patience = Settings.atLeastZero(NAME, "patience", epochs));
  }

  /** Being better than before is not enough: it has to be better than this too. */
  public EarlyStopping baseline(double value) {
    return with(copy -> copy.baseline = OptionalDouble.of(value));
  }

  /** Leaves the model with the weights of its best epoch, not of its last one. */
  public EarlyStopping restoreBestWeights() {
    return with(copy -> copy.restoring = true);
  }

  /** Looks away for the first epochs, so many of them. */
  public EarlyStopping startFromEpoch(int epochs) {
    return with(copy -> copy.startFromEpoch = Settings.atLeastZero(NAME, "startFromEpoch", epochs));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Watcher start(Run run) {
    return new Watching(run, followed().on(run));
  }

  private final class Watching implements Watcher {
    private final Run run;
    private final Monitor.Better better;
    private double best;
    private int bestEpoch;
    private int waited;
    private boolean baselineBeaten;
    private Optional<Run.Snapshot> weights = Optional.empty();

    Watching(Run run, Monitor.Better better) {
      this.run = run;
      this.better = better;
      best = better.worst();
      baselineBeaten = baseline.isEmpty();
    }

    @Override
    public void endEpoch() {
      Double value = run.figures().get(followed().figure());
      if (run.epoch() <= startFromEpoch || value == null) {
        return; // too early, or an epoch that is not validated
      }
      waited++;
      if (better.than(value, best)) {
        best = value;
        keep();
        if (baseline.isEmpty() || better.than(value, baseline.getAsDouble())) {
          baselineBeaten = true;
          waited = 0;
        }
        return;
      }
      if (bestEpoch == 0) {
        keep(); // no number yet that anything could be better than
      }
      // As Keras: one epoch alone is never the end.
      if (waited >= patience && run.epoch() > 1) {
        run.stop(reason());
      }
    }

    private void keep() {
      bestEpoch = run.epoch();
      if (restoring) {
        weights = Optional.of(run.snapshot());
      }
    }

    private String reason() {
      return baselineBeaten
          ? "%s has not improved since epoch %d".formatted(followed().figure(), bestEpoch)
          : "%s has not been %s the baseline %s"
              .formatted(
                  followed().figure(), better.rising() ? "above" : "below", baseline.getAsDouble());
    }

    @Override
    public void end() {
      weights.ifPresent(
          snapshot -> {
            run.restore(snapshot);
            run.note(
                "the weights are those of epoch %d, the best by %s"
                    .formatted(bestEpoch, followed().figure()));
          });
    }
  }

  /** {@code earlyStopping().patience(3)} and what else was said. */
  @Override
  public String toString() {
    return "earlyStopping()"
        + followed().said("val_loss", 0)
        + (patience == 0 ? "" : ".patience(" + patience + ")")
        + (baseline.isEmpty() ? "" : ".baseline(" + baseline.getAsDouble() + ")")
        + (restoring ? ".restoreBestWeights()" : "")
        + (startFromEpoch == 0 ? "" : ".startFromEpoch(" + startFromEpoch + ")");
  }
}
