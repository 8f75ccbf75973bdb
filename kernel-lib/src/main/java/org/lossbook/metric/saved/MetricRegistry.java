package org.lossbook.metric.saved;

import java.util.Optional;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;
import org.lossbook.metric.Ignoring;
import org.lossbook.metric.Metric;
import org.lossbook.metric.NamedMetric;
import org.lossbook.metric.SampleWeighted;
import org.lossbook.metric.accuracy.Accuracy;
import org.lossbook.metric.accuracy.AccuracyMetrics;
import org.lossbook.metric.box.BoxMetrics;
import org.lossbook.metric.confusion.ConfusionMetrics;
import org.lossbook.metric.ranking.RankingMetrics;
import org.lossbook.metric.regression.RegressionMetrics;
import org.lossbook.metric.sequence.SequenceMetrics;

/**
 * The metrics that a file may name. A new one is a line in the class that its package adds here.
 * Losses are metrics, too, but are registered as losses.
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
          .including(AccuracyMetrics::addTo)
          .including(BoxMetrics::addTo)
          .including(ConfusionMetrics::addTo)
          .including(RankingMetrics::addTo)
          .including(RegressionMetrics::addTo)
          .including(SequenceMetrics::addTo);

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
        ? AccuracyMetrics.meant(accuracy, targets, outputs)
            .config()
            .orElseThrow()
            .with("name", metric.name())
        : saved;
  }
}
