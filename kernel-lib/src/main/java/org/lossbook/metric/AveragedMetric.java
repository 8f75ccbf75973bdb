package org.lossbook.metric;

import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * Base class of metrics that have a figure for each class and average them into one.
 *
 * @param <M> the metric itself, so that calls chain
 */
public abstract class AveragedMetric<M extends AveragedMetric<M>> implements Metric {
  private final Averaging averaging;

  protected AveragedMetric(Averaging averaging) {
    this.averaging = averaging;
  }

  protected abstract M with(Averaging averaging);

  /** A tally that has a figure for each class, too. */
  protected abstract ClassFigures figures(int targets, int outputs);

  /** The micro average: all answers of all classes counted together. */
  public final M micro() {
    return with(Averaging.of(Averaging.Kind.MICRO));
  }

  /** The macro average: the mean over the classes, each with the same weight, however rare. */
  public final M macro() {
    return with(Averaging.of(Averaging.Kind.MACRO));
  }

  /**
   * The weighted average: the mean over the classes, weighted by how many samples truly belong to
   * each.
   */
  public final M weighted() {
    return with(Averaging.of(Averaging.Kind.WEIGHTED));
  }

  /**
   * A single class, counted from 0.
   *
   * @throws IllegalArgumentException where it is below 0, or, once a model or arrays are given,
   *     where there is no such class
   */
  public final M classId(int classId) {
    return with(Averaging.only(MetricInputs.who(this), classId));
  }

  /** A figure for each class, for arrays by hand. */
  public final PerClass perClass() {
    return new PerClass(with(Averaging.of(Averaging.Kind.MACRO)));
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public final Tally tally(int targets, int outputs) {
    Truth.widths(MetricInputs.who(this), targets, outputs);
    averaging.check(MetricInputs.who(this), outputs);
    return figures(targets, outputs);
  }

  /** Its name in the history. */
  @Override
  public String toString() {
    return name();
  }

  protected final Averaging averaging() {
    return averaging;
  }

  /** What a file says, with the average over classes. */
  protected final Config averaged(Config config) {
    Config with = config.with("class_id", averaging.classId());
    return averaging.kind() == Averaging.Kind.OPEN
        ? with
        : with.with("average", averaging.kind().kerasName());
  }

  /** This with the average over classes that a file says. */
  protected final M read(Settings settings) {
    if (settings.has("class_id")) {
      return classId(settings.integer("class_id"));
    }
    settings.requireOneOf("average", Averaging.Kind.NAMES.toArray());
    return with(
        settings.has("average")
            ? Averaging.of(Averaging.Kind.named(settings.text("average")))
            : averaging);
  }

  /**
   * A tally that has a figure for each class.
   *
   * @hidden
   */
  @Internal
  public abstract static class ClassFigures extends ClassTally {
    protected ClassFigures(Truth truth) {
      super(truth);
    }

    protected abstract double[] perClass();
  }
}
