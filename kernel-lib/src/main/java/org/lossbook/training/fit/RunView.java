package org.lossbook.training.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.lossbook.base.Figures;
import org.lossbook.base.Messages;
import org.lossbook.callback.Run;
import org.lossbook.engine.Parameters;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.LossParameters;
import org.lossbook.training.OutputHead;
import org.lossbook.training.RunningMetrics;

/** The run of fit that callbacks see. {@link Callbacks} keeps it up to date. */
final class RunView implements Run {
  private static final String VALIDATION = "val_";

  private final CompiledModel compiled;
  private final int epochs;
  private final IntSupplier batches;
  private final RunningMetrics running;
  private final Fit.Host host;
  private final List<String> names;
  private final List<String> notes = new ArrayList<>();
  private String caller = "";
  private int epoch;
  private int batch;
  private boolean over;
  private Optional<Map<String, Double>> epochFigures = Optional.empty();
  private Optional<String> stopped = Optional.empty();

  /** A snapshot of the weights and the learned settings of the loss. */
  private record Kept(
      RunView run,
      float[] trainable,
      float[] kept,
      List<LossParameters.Learned> learned,
      Optional<Map<String, Double>> figures)
      implements Snapshot {}

  /**
   * @param batches how many the current epoch has; 0 if unknown
   * @param running the running metrics of the current epoch
   * @param validated whether there is validation
   * @param host the model that is trained
   */
  RunView(
      CompiledModel compiled,
      int epochs,
      IntSupplier batches,
      RunningMetrics running,
      boolean validated,
      Fit.Host host) {
    this.compiled = compiled;
    this.host = host;
    this.epochs = epochs;
    this.batches = batches;
    this.running = running;
    List<String> all = new ArrayList<>(soFar().keySet());
    if (validated) {
      running.figures().keySet().forEach(name -> all.add(VALIDATION + name));
    }
    all.add(LEARNING_RATE);
    names = List.copyOf(all);
  }

  /** Sets the callback that is about to be called. */
  void setCaller(String name) {
    caller = name;
  }

  void at(int epoch, int batch) {
    this.epoch = epoch;
    this.batch = batch;
    epochFigures = Optional.empty();
  }

  void ended(Map<String, Double> figures) {
    epochFigures = Optional.of(figures);
  }

  /** Whether the learning rate follows a schedule. */
  boolean isScheduled() {
    return compiled.optimizer().schedule().isPresent();
  }

  /** Marks the run as ended, except for the last calls of callbacks. */
  void over() {
    over = true;
  }

  /** Which callback stopped the run, and why. */
  Optional<String> stopped() {
    return stopped;
  }

  /** The messages of the callbacks. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** {@code in epoch 3 of 10 after 4 of 6 batches}. */
  String place() {
    return epoch == 0
        ? "before the first epoch"
        : Messages.of(
            "in epoch %d of %d after %s", epoch, epochs, Messages.batches(batch, batches()));
  }

  @Override
  public int epoch() {
    return epoch;
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int batches() {
    return batches.getAsInt();
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public Map<String, Double> figures() {
    if (epochFigures.isPresent()) {
      return Collections.unmodifiableMap(epochFigures.get());
    }
    if (batch == 0) {
      return Map.of();
    }
    Map<String, Double> figures = soFar();
    figures.put(LEARNING_RATE, learningRate());
    return Collections.unmodifiableMap(figures);
  }

  private Map<String, Double> soFar() {
    Map<String, Double> figures = new LinkedHashMap<>(running.figures());
    compiled.addSettings(figures);
    return figures;
  }

  @Override
  public double figure(String name) {
    Map<String, Double> figures = figures();
    Double value = figures.get(name);
    if (value == null) {
      throw Messages.wrong(
          "The run has no figure %s %s: it has %s.%s",
          name,
          place(),
          figures.isEmpty() ? "none yet" : String.join(", ", figures.keySet()),
          name.startsWith(VALIDATION) && !names.contains(name)
              ? " Give fit a validation(…) dataset for it."
              : "");
    }
    return value;
  }

  @Override
  public Direction direction(String name) {
    String measured = name.startsWith(VALIDATION) ? name.substring(VALIDATION.length()) : name;
    for (OutputHead head : compiled.heads()) {
      if (measured.equals("loss") || measured.equals(head.prefix() + "loss")) {
        return Direction.DOWN;
      }
      for (Metric metric : head.metrics()) {
        if (measured.equals(head.prefix() + metric.name())) {
          return metric.direction();
        }
      }
    }
    return Direction.UNKNOWN;
  }

  @Override
  public double learningRate() {
    return compiled.update().updater().learningRate();
  }

  @Override
  public void learningRate(double rate) {
    compiled.learningRate(caller, rate);
  }

  @Override
  public Snapshot snapshot() {
    Parameters parameters = compiled.weights().parameters();
    float[] trainable = new float[parameters.trainableSize()];
    float[] kept = new float[parameters.keptSize()];
    parameters.read(Parameters.Vector.TRAINABLE, 0, trainable, trainable.length);
    parameters.read(Parameters.Vector.KEPT, 0, kept, kept.length);
    return new Kept(
        this,
        trainable,
        kept,
        compiled.heads().stream().map(head -> head.settings().learned()).toList(),
        epochFigures);
  }

  @Override
  public void restore(Snapshot snapshot) {
    if (!(snapshot instanceof Kept kept) || kept.run != this) {
      throw Messages.wrong(
          "restore expects a snapshot of this run but receives %s: take it with"
              + " run.snapshot().",
          snapshot == null ? "null" : "one of another run");
    }
    Parameters parameters = compiled.weights().parameters();
    parameters.write(Parameters.Vector.TRAINABLE, 0, kept.trainable, kept.trainable.length);
    parameters.write(Parameters.Vector.KEPT, 0, kept.kept, kept.kept.length);
    for (int h = 0; h < kept.learned.size(); h++) {
      compiled.heads().get(h).settings().learned(kept.learned.get(h));
    }
    if (over) {
      epochFigures = kept.figures;
    }
  }

  @Override
  public void save(String file) {
    host.save(file);
  }

  @Override
  public void stop(String reason) {
    if (stopped.isEmpty()) {
      stopped = Optional.of(caller + ": " + reason);
    }
  }

  @Override
  public void note(String text) {
    notes.add(caller + ": " + text);
  }

  /** {@code epoch 3 of 50: loss 0.2114, val_loss 0.2310}. */
  @Override
  public String toString() {
    var figures = new LinkedHashMap<>(figures());
    figures.remove(LEARNING_RATE);
    String place =
        epochFigures.isPresent()
            ? Messages.of("epoch %d of %d", epoch, epochs)
            : Messages.of("epoch %d of %d, batch %,d", epoch, epochs, batch)
                + (batches() == 0 ? "" : Messages.of(" of %,d", batches()));
    return figures.isEmpty() ? place : place + ": " + Figures.text(figures);
  }
}
