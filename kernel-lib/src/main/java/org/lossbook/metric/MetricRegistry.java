package org.lossbook.metric;

import java.util.Optional;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;

/**
 * The metrics that a file may name. A new one is one line here. Losses are metrics, too, but are
 * registered as losses.
 *
 * @hidden
 */
@Internal
public final class MetricRegistry {
  /** By Keras's classes. The name of a score alone stands for its mean over the classes. */
  public static final Registry<Metric> METRICS =
      Registry.<Metric>of("metric", "keras.metrics")
          .common(MetricRegistry::named)
          .unlisted()
          .addLossbookOnly("AnyAccuracy", settings -> Accuracy.accuracy())
          .alias("accuracy", Config.ours("AnyAccuracy"))
          .alias("acc", Config.ours("AnyAccuracy"))
          .add("BinaryAccuracy", BinaryAccuracy::from)
          .add("CategoricalAccuracy", settings -> CategoricalAccuracy.categoricalAccuracy())
          .add(
              "SparseCategoricalAccuracy",
              settings -> SparseCategoricalAccuracy.sparseCategoricalAccuracy())
          .add("TopKCategoricalAccuracy", TopKCategoricalAccuracy::from)
          .add("SparseTopKCategoricalAccuracy", SparseTopKCategoricalAccuracy::from)
          .add("Precision", Precision::from)
          .add("Recall", Recall::from)
          .addLossbookOnly("Specificity", Specificity::from)
          .alias("specificity", Config.ours("Specificity"))
          .add("TruePositives", ConfusionCount::from)
          .add("TrueNegatives", ConfusionCount::from)
          .add("FalsePositives", ConfusionCount::from)
          .add("FalseNegatives", ConfusionCount::from)
          .add("F1Score", FBeta::from)
          .alias("f1_score", Config.of("keras.metrics", "F1Score").with("average", "macro"))
          .add("FBetaScore", FBeta::from)
          .alias("fbeta_score", Config.of("keras.metrics", "FBetaScore").with("average", "macro"))
          .add("AUC", Auc::from)
          .add("R2Score", R2::from)
          .add("IoU", IoU::from)
          .add("MeanIoU", IoU::from)
          .add("BinaryIoU", IoU::from)
          .add("OneHotIoU", IoU::from)
          .add("OneHotMeanIoU", IoU::from)
          .add("PrecisionAtRecall", OperatingPoint::from)
          .add("RecallAtPrecision", OperatingPoint::from)
          .add("SensitivityAtSpecificity", OperatingPoint::from)
          .add("SpecificityAtSensitivity", OperatingPoint::from)
          .add("PearsonCorrelation", Correlation::from)
          .add("ConcordanceCorrelation", Correlation::from)
          .addLossbookOnly("AveragePrecision", AveragePrecision::from)
          .addLossbookOnly("MatthewsCorrelation", Agreement::from)
          .addLossbookOnly("CohenKappa", Agreement::from)
          .addLossbookOnly("BalancedAccuracy", Agreement::from);

  private MetricRegistry() {}

  private static Metric named(Settings settings, Function<Settings, Metric> from) {
    boolean counts = settings.className().endsWith("IoU"); // in whole numbers in Keras
    Metric plain = from.apply(counts ? settings.ignore("dtype") : settings.float32());
    Metric metric =
        settings.has(Ignoring.SAVED) ? plain.ignore(settings.integer(Ignoring.SAVED)) : plain;
    String name = settings.text("name", metric.name());
    return name.equals(metric.name()) ? metric : metric.named(name);
  }

  /** The metric without its given name and its sample weights. */
  public static Metric unnamed(Metric metric) {
    if (metric instanceof SampleWeighted weighted) {
      return unnamed(weighted.metric());
    }
    return metric instanceof NamedMetric named ? unnamed(named.metric()) : metric;
  }

  /** What a file says of a metric, a name or a Config; empty where a file cannot hold it. */
  public static Optional<Object> saved(Metric metric) {
    if (metric instanceof SampleWeighted weighted) {
      return saved(weighted.metric()); // Keras has a list of its own for these
    }
    return metric instanceof Accuracy
        ? Optional.of(metric.name())
        : metric.config().map(config -> config.with("name", metric.name()));
  }

  /**
   * The metric as Keras can read it: an accuracy under another name becomes the kind that the
   * shapes require.
   */
  public static Object inKeras(Metric metric, Object saved, int targets, int outputs) {
    return saved instanceof Config config
            && config.isOurs()
            && unnamed(metric) instanceof Accuracy accuracy
        ? accuracy.meant(targets, outputs).config().orElseThrow().with("name", metric.name())
        : saved;
  }
}
