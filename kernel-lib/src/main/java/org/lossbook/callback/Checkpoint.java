package org.lossbook.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.FilePath;

/**
 * Checkpoint: saves the model to a file during training, so that a crash costs an epoch and not a
 * night, and the best epoch is available afterwards. Keras's {@code ModelCheckpoint}.
 *
 * <pre>{@code
 * epochs(50).callbacks(checkpoint("digits.keras"))
 * epochs(50).callbacks(checkpoint("digits.keras").saveBestOnly().monitor("val_accuracy"))
 * epochs(50).callbacks(checkpoint("digits-{epoch:02d}-{val_loss:.3f}.keras"))
 * }</pre>
 *
 * <p>As in Keras, braces in the name stand for the epoch, counted from 1, for the batch and for
 * figures. By default it saves after each epoch. A file is replaced as a whole or not at all, and
 * training that continues from a saved epoch gives the same numbers as if it had never been
 * stopped. If the next fit has the same checkpoint, it continues from the best so far.
 */
public final class Checkpoint extends MonitoringCallback<Checkpoint> implements Callback {
  private static final String NAME = "checkpoint";

  private final FileName file;
  private boolean bestOnly;
  private OptionalDouble threshold = OptionalDouble.empty();
  private OptionalInt everyBatches = OptionalInt.empty();

  private Checkpoint(FileName file) {
    super(Monitor.of(NAME, "val_loss"));
    this.file = file;
  }

  /**
   * Saves to that file after each epoch.
   *
   * @param path that ends in {@code .keras}, or in {@code .weights.h5} for the weights alone;
   *     missing folders are created
   * @throws IllegalArgumentException where it does not, or has invalid braces
   */
  public static Checkpoint checkpoint(String path) {
    return new Checkpoint(FileName.of(NAME, path, ".keras", ".weights.h5"));
  }

  /** The same with a {@code Path}. */
  public static Checkpoint checkpoint(Path path) {
    return checkpoint(FilePath.text(NAME, path));
  }

  /** Saves only after an epoch that is better than all before. */
  public Checkpoint saveBestOnly() {
    return with(copy -> copy.bestOnly = true);
  }

  /** With {@link #saveBestOnly}, saves only epochs that are also better than this. */
  public Checkpoint initialValueThreshold(double value) {
    return with(copy -> copy.threshold = OptionalDouble.of(value));
  }

  /** Saves after so many batches, counted across epochs, instead of after each epoch. */
  public Checkpoint saveFreq(int batches) {
    if (batches < 1) {
      throw Messages.wrong(
          "%s expects a saveFreq of 1 batch or more but receives %d: leave it out to save after each epoch.",
          NAME, batches);
    }
    return with(copy -> copy.everyBatches = OptionalInt.of(batches));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean watchesBatches() {
    return everyBatches.isPresent();
  }

  @Override
  public Watcher start(Run run) {
    Require.given(
        run, "checkpoint", "a run of fit", "model.fit(data, epochs(9).callbacks(…)) begins one");
    file.check(run, everyBatches.isEmpty());
    return new Saving(run, bestOnly ? Optional.of(monitor().on(run)) : Optional.empty());
  }

  private final class Saving implements Watcher {
    private final Run run;
    private final Optional<Monitor.Better> better;
    private double best;
    private int batches;
    private Optional<String> saved = Optional.empty();

    Saving(Run run, Optional<Monitor.Better> better) {
      this.run = run;
      this.better = better;
      best = better.map(b -> threshold.orElse(b.worst())).orElse(Double.NaN);
    }

    @Override
    public void endBatch() {
      if (++batches == everyBatches.orElseThrow()) {
        batches = 0;
        saveIfBetter();
      }
    }

    @Override
    public void endEpoch() {
      if (everyBatches.isEmpty()) {
        saveIfBetter();
      }
    }

    @Override
    public Map<String, Double> memory() {
      return bestOnly
          ? Map.of("best", best, "batches", (double) batches)
          : Map.of("batches", (double) batches);
    }

    @Override
    public void resume(Map<String, Double> memory) {
      best = memory.getOrDefault("best", best);
      batches = memory.getOrDefault("batches", 0.0).intValue() % everyBatches.orElse(1);
    }

    private void saveIfBetter() {
      if (better.isPresent()) {
        double value = run.figures().getOrDefault(monitor().figure(), Double.NaN);
        if (!better.get().isBetter(value, best)) {
          return;
        }
        best = value;
      }
      String path = file.at(run);
      makeFolder(Path.of(path));
      run.save(path);
      saved = Optional.of(Messages.of("%s holds epoch %d", path, run.epoch()));
    }

    private void makeFolder(Path path) {
      try {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            Messages.of(
                "%s cannot make a folder for %s (%s): choose a writable path.", NAME, path, e),
            e);
      }
    }

    @Override
    public void end() {
      saved.ifPresent(
          what -> run.note(what + (bestOnly ? ", the best by " + monitor().figure() : "")));
    }
  }

  /** As it is written in code: {@code checkpoint("digits.keras").saveBestOnly()}. */
  @Override
  public String toString() {
    return "checkpoint(\""
        + file
        + "\")"
        + (bestOnly ? ".saveBestOnly()" : "")
        + monitor().code("val_loss", 0)
        + (threshold.isEmpty() ? "" : ".initialValueThreshold(" + threshold.getAsDouble() + ")")
        + (everyBatches.isEmpty() ? "" : ".saveFreq(" + everyBatches.getAsInt() + ")");
  }
}
