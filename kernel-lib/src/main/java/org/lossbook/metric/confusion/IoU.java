package org.lossbook.metric.confusion;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Memory;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;

/**
 * Intersection over union: of all positions that are of a class or predicted as it, the share that
 * is both, \(\frac{TP}{TP + FP + FN}\), from 0 to 1; with several target classes, the mean over
 * those that occur in the truth or in the prediction.
 *
 * <p>Use it for segmentation, where most positions are background and accuracy says little. {@link
 * #meanIoU} is the mean over all classes. As in Keras, {@link #iou} and {@link #meanIoU} compare
 * class numbers with class numbers, {@link #oneHotIoU} and {@link #oneHotMeanIoU} rows with rows by
 * their largest numbers, {@link #binaryIoU} yes and no with probabilities from a threshold on.
 * Where the truth is one class number beside a row of predictions, the row's largest number is the
 * predicted class without being asked, which Keras refuses. Class numbers outside the classes do
 * not count. Jaccard 1901, <i>Étude comparative de la distribution florale</i>.
 *
 * <pre>{@code
 * meanIoU(2).of(vector(0, 0, 1, 1), vector(0, 1, 0, 1))              // 0.333
 * binaryIoU().of(vector(0, 1, 0, 1), vector(0.1, 0.2, 0.4, 0.7))     // 0.583
 * iou(2, 0).of(vector(0, 0, 1, 1), vector(0, 1, 0, 1))               // 0.333
 * }</pre>
 *
 * @question How much of two regions do they share?
 * @avoid For tiny regions: a pixel at the border changes much.
 */
public final class IoU implements Metric, MetricInputs.Called {
  private enum Kind {
    IOU("IoU", "iou", "io_u"),
    MEAN("MeanIoU", "meanIoU", "mean_io_u"),
    BINARY("BinaryIoU", "binaryIoU", "binary_io_u"),
    ONE_HOT("OneHotIoU", "oneHotIoU", "one_hot_io_u"),
    ONE_HOT_MEAN("OneHotMeanIoU", "oneHotMeanIoU", "one_hot_mean_io_u");

    private final String className;
    private final String factory;
    private final String metric;

    Kind(String className, String factory, String metric) {
      this.className = className;
      this.factory = factory;
      this.metric = metric;
    }

    private boolean namesTargets() {
      return this == IOU || this == ONE_HOT;
    }
  }

  private static final double HALF = 0.5;
  private static final int BYTES_A_COUNT = 8;

  private final Kind kind;
  private final int classes;
  private final int[] targets;
  private OptionalInt ignored = OptionalInt.empty();
  private boolean sparseTruth;
  private boolean sparsePrediction;
  private double threshold = HALF;

  private IoU(Kind kind, int classes, int... targets) {
    if (classes < 1) {
      throw Messages.wrong(
          "%s expects 1 class or more but receives %d: count those of the labels.",
          kind.factory, classes);
    }
    long counts = Memory.product(BYTES_A_COUNT, Memory.product(classes, classes));
    Memory.heap(Messages.of("%s of %,d classes", kind.factory, classes), counts, "count fewer");
    this.kind = kind;
    this.classes = classes;
    this.targets =
        kind.namesTargets() || kind == Kind.BINARY
            ? checked(kind, classes, targets)
            : IntStream.range(0, classes).toArray();
    sparseTruth = kind != Kind.ONE_HOT && kind != Kind.ONE_HOT_MEAN;
    sparsePrediction = sparseTruth;
  }

  private static int[] checked(Kind kind, int classes, int[] targets) {
    int[] given = targets == null ? new int[0] : targets.clone();
    boolean fit = Arrays.stream(given).allMatch(each -> each >= 0 && each < classes);
    if (given.length == 0 || !fit) {
      throw Messages.wrong(
          "%s expects target classes from 0 to %d but receives %s: %s(%d, 0) is of class 0.",
          kind.factory, classes - 1, Arrays.toString(given), Kind.IOU.factory, classes);
    }
    return given;
  }

  private IoU(IoU other) {
    this(other.kind, other.classes, other.targets);
    ignored = other.ignored;
    sparseTruth = other.sparseTruth;
    sparsePrediction = other.sparsePrediction;
    threshold = other.threshold;
  }

  /** That of these of so many classes, by class numbers. */
  public static IoU iou(int numClasses, int... targetClassIds) {
    return new IoU(Kind.IOU, numClasses, targetClassIds);
  }

  /** The mean over so many classes, by class numbers. */
  public static IoU meanIoU(int numClasses) {
    return new IoU(Kind.MEAN, numClasses);
  }

  /** The mean over no and yes, by probabilities. */
  public static IoU binaryIoU() {
    return new IoU(Kind.BINARY, 2, 0, 1);
  }

  /** That of these of so many classes, by one-hot rows and rows of predictions. */
  public static IoU oneHotIoU(int numClasses, int... targetClassIds) {
    return new IoU(Kind.ONE_HOT, numClasses, targetClassIds);
  }

  /** The mean over so many classes, by one-hot rows and rows of predictions. */
  public static IoU oneHotMeanIoU(int numClasses) {
    return new IoU(Kind.ONE_HOT_MEAN, numClasses);
  }

  /**
   * The same with other target classes.
   *
   * @throws IllegalArgumentException where it is the mean over all, or one is out of range
   */
  public IoU targetClassIds(int... ids) {
    if (kind == Kind.MEAN || kind == Kind.ONE_HOT_MEAN) {
      throw Messages.wrong(
          "%s expects no targetClassIds but receives %s: take iou(%d, …) for single classes.",
          kind.factory, Arrays.toString(ids), classes);
    }
    IoU made = new IoU(kind, classes, ids);
    made.ignored = ignored;
    made.sparseTruth = sparseTruth;
    made.sparsePrediction = sparsePrediction;
    made.threshold = threshold;
    return made;
  }

  /** The same without the positions whose truth is this class, such as −1 or 255 for unknown. */
  public IoU ignoreClass(int label) {
    IoU made = new IoU(this);
    made.ignored = OptionalInt.of(label);
    return made;
  }

  /** The same where the truth is class numbers, or else one-hot rows. */
  public IoU sparseYTrue(boolean isSparse) {
    IoU made = new IoU(this);
    made.sparseTruth = isSparse;
    return made;
  }

  /** The same where the prediction is class numbers, or else rows whose largest number counts. */
  public IoU sparseYPred(boolean isSparse) {
    IoU made = new IoU(this);
    made.sparsePrediction = isSparse;
    return made;
  }

  /**
   * The same where a probability of this and more is a yes; 0.5 by default.
   *
   * @throws IllegalArgumentException where it is not binary, or the threshold is not finite
   */
  public IoU threshold(double least) {
    if (kind != Kind.BINARY) {
      throw Messages.wrong(
          "%s expects no threshold but receives %s: binaryIoU() has one.", kind.factory, least);
    }
    Decision.checkThreshold(kind.factory, least);
    IoU made = new IoU(this);
    made.threshold = least;
    return made;
  }

  /** With this default threshold, where none was chosen. */
  IoU withDefaultThreshold(double least) {
    return kind == Kind.BINARY && threshold == HALF ? threshold(least) : this;
  }

  @Override
  public String factory() {
    return kind.factory;
  }

  @Override
  public String name() {
    return kind.metric;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targetCount, int outputs) {
    Truth.widths(kind.factory, targetCount, outputs);
    boolean rowBesideLabel = sparseTruth && targetCount == 1 && outputs > 1;
    boolean numbers = sparseTruth && sparsePrediction && !rowBesideLabel;
    int truths = sparseTruth ? (numbers ? outputs : 1) : targetCount;
    if (targetCount != truths
        || !sparseTruth && !sparsePrediction && targetCount != outputs
        || !sparseTruth && sparsePrediction && outputs != 1) {
      throw Messages.wrong(
          "%s expects %s beside %s but receives %d and %d numbers a sample: sparseYTrue(…) and sparseYPred(…) say which are class numbers.",
          kind.factory,
          sparseTruth ? "class numbers" : "one-hot rows",
          sparsePrediction ? "class numbers" : "rows of predictions",
          targetCount,
          outputs);
    }
    return new ConfusionMatrix(classes, this::of) {
      @Override
      public void add(float[] y, float[] yHat, float[] weights, int rows) {
        int each = numbers ? outputs : 1;
        for (int i = 0; i < rows * each; i++) {
          int label = sparseTruth ? (int) y[i] : argmax(y, i, targetCount);
          boolean isIgnored = ignored.isPresent() && ignored.getAsInt() == label;
          if (!isIgnored) {
            count(label, predicted(yHat, i), weights == null ? 1 : weights[i / each]);
          }
        }
      }

      private int predicted(float[] yHat, int i) {
        if (kind == Kind.BINARY) {
          return yHat[i] >= (float) threshold ? 1 : 0;
        }
        return numbers || sparsePrediction && outputs == 1
            ? (int) yHat[i]
            : argmax(yHat, i, outputs);
      }
    };
  }

  private double of(double[][] counts) {
    double sum = 0;
    int found = 0;
    for (int target : targets) {
      double union = -counts[target][target];
      for (int other = 0; other < classes; other++) {
        union += counts[target][other] + counts[other][target];
      }
      if (union > 0) {
        sum += counts[target][target] / union;
        found++;
      }
    }
    return found == 0 ? 0 : sum / found;
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.metrics", kind.className);
    if (kind == Kind.BINARY) {
      return Optional.of(config.with("target_class_ids", targets).with("threshold", threshold));
    }
    config = config.with("num_classes", classes);
    config = kind.namesTargets() ? config.with("target_class_ids", targets) : config;
    config = config.with("ignore_class", ignored);
    boolean isOneHot = kind == Kind.ONE_HOT || kind == Kind.ONE_HOT_MEAN;
    if (isOneHot && sparseTruth) { // Keras's one-hot kinds have no such setting
      config = config.asOurs();
    }
    config = isOneHot && !sparseTruth ? config : config.with("sparse_y_true", sparseTruth);
    return Optional.of(config.with("sparse_y_pred", sparsePrediction).with("axis", -1));
  }

  static IoU from(Settings settings) {
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.className.equals(settings.className()))
            .findFirst()
            .orElseThrow();
    boolean hasIds = kind.namesTargets() || settings.has("target_class_ids");
    int[] ids = hasIds ? settings.integers("target_class_ids") : null;
    if (kind == Kind.BINARY) {
      IoU made = new IoU(kind, 2, ids == null ? new int[] {0, 1} : ids);
      return made.threshold(settings.number("threshold", HALF));
    }
    settings.requireOneOf("axis", -1);
    IoU made = new IoU(kind, settings.integer("num_classes"), ids);
    made = made.sparseYTrue(settings.flag("sparse_y_true", made.sparseTruth));
    made = made.sparseYPred(settings.flag("sparse_y_pred", made.sparsePrediction));
    return settings.has("ignore_class") ? made.ignoreClass(settings.integer("ignore_class")) : made;
  }

  /** Its name in the history. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
