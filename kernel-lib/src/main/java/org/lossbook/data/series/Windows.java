package org.lossbook.data.series;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Split;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.data.view.IndexChecks;
import org.lossbook.engine.Memory;

/**
 * Windows of a time series as a dataset: a sample is {@code length} steps in their order, {@code
 * [length, features]}, and its target what follows them, the next number or the next {@code
 * horizon} of them. Window i begins at step \(s = i \cdot stride\), holds \(x_s, \dots,
 * x_{s+length-1}\) and has the target \(x_{s+length}, \dots, x_{s+length+horizon-1}\).
 *
 * <p>It is split in time alone: {@link #split(double)} trains on what comes first and tests on what
 * comes later, and no target of the training data lies after the first target of the test data. A
 * random split would let a model see the future of what it has to forecast, so {@link
 * #split(double, long)}, {@link #kFold} and {@link #shuffled} are refused. {@code fit} may still
 * take the training windows in any order, as it does.
 *
 * <pre>{@code
 * windows(vector(1, 2, 3, 4, 5), 3).y()                    // [4, 5]
 * windows(co2(), 24).horizon(12).size()                    // 481
 * windows(co2(), 24).standardized().split(0.8)
 * }</pre>
 */
public final class Windows implements Dataset {
  private final Measurements measured;
  private final int length;
  private final int horizon;
  private final int stride;
  private final int column;
  private final boolean isStandardized;
  private final Optional<Part> part;

  /** The steps among which a part's targets lie, and what its numbers are scaled by. */
  private record Part(String name, int from, int to, List<Scale> scales) {}

  private Windows(
      Measurements measured,
      int length,
      int horizon,
      int stride,
      int column,
      boolean isStandardized,
      Optional<Part> part) {
    this.measured = measured;
    this.length = length;
    this.horizon = horizon;
    this.stride = stride;
    this.column = column;
    this.isStandardized = isStandardized;
    this.part = part;
  }

  /**
   * Windows of {@code length} steps, the next step as their target.
   *
   * @param series a {@link TimeSeries}, or whatever has one; a vector; or {@code [steps, features]}
   * @throws IllegalArgumentException if a number is missing, or there are too few for one window
   */
  public static Windows of(Object series, int length) {
    if (length < 1) {
      throw Messages.wrong(
          "windows expects 1 step or more in each but receives %d: 24 is two years of months.",
          length);
    }
    return new Windows(Measurements.of(series), length, 1, 1, 0, false, Optional.empty()).checked();
  }

  /** How many steps behind the window are its target; 1 by default. */
  public Windows horizon(int steps) {
    atLeastOne("horizon", "step to forecast", steps);
    return whole(length, steps, stride, column, isStandardized);
  }

  /** How many steps lie between the beginnings of two windows; 1 by default. */
  public Windows stride(int steps) {
    atLeastOne("stride", "step between windows", steps);
    return whole(length, horizon, steps, column, isStandardized);
  }

  /**
   * Which column of {@code [steps, features]} is forecast, counted from 0; the first by default.
   */
  public Windows target(int feature) {
    if (feature < 0 || feature >= measured.features()) {
      throw Messages.wrong(
          "target expects a column from 0 to %d but receives %d: columns are counted from 0.",
          measured.features() - 1, feature);
    }
    return whole(length, horizon, stride, feature, isStandardized);
  }

  /**
   * Each feature less its mean, divided by its standard deviation, both learned on the steps of the
   * training data alone: a mean of the whole series would tell the model about its future. {@link
   * #restored} turns predictions back into the series' unit. Such windows are read once they are
   * split.
   */
  public Windows standardized() {
    return whole(length, horizon, stride, column, true);
  }

  private static void atLeastOne(String who, String what, int given) {
    if (given < 1) {
      throw Messages.wrong(
          "%s expects 1 %s or more but receives %d: 1 is the usual number.", who, what, given);
    }
  }

  private Windows whole(int steps, int ahead, int every, int feature, boolean standardized) {
    part.ifPresent(
        own -> {
          throw Messages.wrong(
              "windows expects its settings before the split but this is already its %s part: write windows(…).horizon(12).split(0.8).",
              own.name());
        });
    return new Windows(measured, steps, ahead, every, feature, standardized, part).checked();
  }

  private Windows checked() {
    if (size() < 1) {
      throw Messages.wrong(
          "windows expects at least %d steps (%d of the window and %d ahead) but receives a series of %d: take shorter windows.",
          length + horizon, length, horizon, measured.steps());
    }
    Memory.heap(
        () -> Messages.of("windows of %d steps", length),
        Memory.product(Float.BYTES, length, measured.features()),
        "take shorter windows");
    return this;
  }

  /**
   * A split in time: the first {@code fraction} of the series' steps are the past, whose windows
   * are {@code train()}; {@code test()} forecasts the other steps, and its windows may reach back
   * into the past. A window whose target lies on both sides is in neither.
   *
   * @throws IllegalArgumentException if one of the two would be empty
   */
  public SeriesSplit split(double fraction) {
    unsplit();
    int at = Split.trainSize(measured.steps(), fraction);
    List<Scale> scales = scales(at);
    return SeriesSplit.of(
        part("training", 0, at, scales),
        Optional.empty(),
        part("test", at, measured.steps(), scales));
  }

  /**
   * A split in time into three: the first {@code train} of the series' steps, the {@code
   * validation} of them that follow, and the rest for the test. What {@link #standardized} learns,
   * it learns on the training data alone.
   *
   * <pre>{@code
   * windows(co2(), 24).split(0.7, 0.15).validation().size()      // 78
   * }</pre>
   */
  public SeriesSplit split(double train, double validation) {
    unsplit();
    int steps = measured.steps();
    int at = Split.trainSize(steps, train);
    int end = Split.trainSize(steps, train + validation);
    if (end <= at) {
      throw Messages.wrong(
          "split expects a share for the validation, above 0, but receives %s: split(0.7, 0.15) leaves 0.15 for the test.",
          validation);
    }
    List<Scale> scales = scales(at);
    return SeriesSplit.of(
        part("training", 0, at, scales),
        Optional.of(part("validation", at, end, scales)),
        part("test", end, steps, scales));
  }

  private void unsplit() {
    part.ifPresent(
        own -> {
          throw Messages.wrong(
              "split expects whole windows but receives their %s part: split(0.7, 0.15) makes training, validation and test data at once.",
              own.name());
        });
  }

  private List<Scale> scales(int until) {
    return isStandardized
        ? measured.scales(until)
        : Collections.nCopies(measured.features(), Scale.NONE);
  }

  private Windows part(String name, int from, int to, List<Scale> scales) {
    Part own = new Part(name, from, to, scales);
    var made =
        new Windows(measured, length, horizon, stride, column, isStandardized, Optional.of(own));
    if (made.size() < 1) {
      throw Messages.wrong(
          "split expects steps for a window of %d and %d ahead in its %s part but leaves %d: take shorter windows or another fraction.",
          length, horizon, name, to - from);
    }
    return made;
  }

  /** Refused: a random split trains on the future of what it tests. */
  @Override
  public Split split(double fraction, long seed) {
    throw Messages.wrong(
        "windows expects a split in time but receives a seed for a random one, which would train on the future of what it tests: write split(%s).",
        fraction);
  }

  /** Refused: most folds would train on the future of what they test. */
  @Override
  public List<Split> kFold(int folds, long seed) {
    throw Messages.wrong(
        "windows expects a split in time but receives %d random folds, which would train on the future of what they test: write split(0.8).",
        folds);
  }

  /** The training part in random order; refused for whole windows, which would mix the times. */
  @Override
  public Dataset shuffled(long seed) {
    if (part.isEmpty()) {
      throw Messages.wrong(
          "windows expects to stay in the order of time but is to be shuffled, which mixes the past into the future: write split(0.8).train() first; fit shuffles that by itself.");
    }
    return Dataset.super.shuffled(seed);
  }

  private int from() {
    return part.map(Part::from).orElse(0);
  }

  private int to() {
    return part.map(Part::to).orElse(measured.steps());
  }

  /** Where the window of this number begins. */
  private int start(int window) {
    return Math.max(0, from() - length) + window * stride;
  }

  /** The step of a target: {@code ahead} counts from 0. */
  int targetStep(int window, int ahead) {
    return start(window) + length + ahead;
  }

  @Override
  public int size() {
    int room = to() - horizon - length - start(0);
    return room < 0 ? 0 : room / stride + 1;
  }

  @Override
  public int[] sampleShape() {
    return new int[] {length, measured.features()};
  }

  @Override
  public int[] targetShape() {
    return horizon == 1 ? new int[0] : new int[] {horizon};
  }

  @Override
  public boolean hasLabels() {
    return false;
  }

  @Override
  public List<String> classNames() {
    return List.of();
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    int features = measured.features();
    IndexChecks.gather("gatherX", order, from, count, into, size(), length * features);
    for (int i = 0; i < count; i++) {
      int first = start(order[from + i]) * features;
      for (int k = 0; k < length * features; k++) {
        into[i * length * features + k] =
            (float) scale(k % features).standardized(measured.rows()[first + k]);
      }
    }
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    IndexChecks.gather("gatherY", order, from, count, into, size(), horizon);
    for (int i = 0; i < count; i++) {
      for (int ahead = 0; ahead < horizon; ahead++) {
        double value = valueAt(targetStep(order[from + i], ahead));
        into[i * horizon + ahead] = (float) scale(column).standardized(value);
      }
    }
  }

  private Scale scale(int feature) {
    if (part.isEmpty() && isStandardized) {
      throw Messages.wrong(
          "standardized windows expects to be split before it is read, because its mean is learned on the training part alone: write windows(…).standardized().split(0.8).");
    }
    return part.map(own -> own.scales().get(feature)).orElse(Scale.NONE);
  }

  /**
   * Predictions in the unit of the series: what {@link #standardized} did to the targets, undone.
   * The numbers stay as they are where nothing was standardized.
   *
   * @param predictions an array of any kind, as {@code model.predict(…)} gives it
   */
  public Values restored(Object predictions) {
    Values given = Values.of("restored", predictions);
    Scale scale = scale(column);
    double[] values = given.toDoubles();
    return Values.of(Arrays.stream(values).map(scale::restored).toArray(), given.shape());
  }

  /** The mean that {@link #standardized} learned of the forecast column; 0 without it. */
  public double mean() {
    return scale(column).mean();
  }

  /** The standard deviation that {@link #standardized} learned; 1 without it. */
  public double deviation() {
    return scale(column).deviation();
  }

  double valueAt(int step) {
    return measured.at(step, column);
  }

  int horizon() {
    return horizon;
  }

  /** The forecast column, with its name and times. */
  TimeSeries series() {
    return measured.series(column);
  }

  /** The first step that this part forecasts, behind all that was known when it began. */
  int firstStep() {
    return from();
  }

  int lastStep() {
    return to();
  }

  /** What it holds: {@code 492 samples [24, 1], one number each}. */
  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
