package org.lossbook.metric;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;
import org.lossbook.metric.Averaging.Kind;

/**
 * Metrics in files, by Keras's classes and settings; what Keras does not have stands there as
 * Lossbook's own. A new metric is a line in each of the two methods. A reader's own metric cannot
 * be in a file.
 *
 * @hidden
 */
@Internal
public final class SavedMetrics {
  private static final String KERAS = "keras.metrics";
  private static final List<String> AVERAGES = List.of("micro", "macro", "weighted");

  private static final Map<String, String> COUNTS =
      Map.of(
          "true_positives", "TruePositives",
          "true_negatives", "TrueNegatives",
          "false_positives", "FalsePositives",
          "false_negatives", "FalseNegatives");

  private static final Map<String, Function<Settings, Metric>> BY_CLASS =
      Map.ofEntries(
          Map.entry("AnyAccuracy", settings -> Accuracy.accuracy()),
          Map.entry(
              "BinaryAccuracy",
              settings ->
                  BinaryAccuracy.binaryAccuracy().threshold(settings.number("threshold", 0.5))),
          Map.entry("CategoricalAccuracy", settings -> CategoricalAccuracy.categoricalAccuracy()),
          Map.entry(
              "SparseCategoricalAccuracy",
              settings -> SparseCategoricalAccuracy.sparseCategoricalAccuracy()),
          Map.entry(
              "TopKCategoricalAccuracy",
              settings -> new TopKCategoricalAccuracy(settings.whole("k", 5))),
          Map.entry(
              "SparseTopKCategoricalAccuracy",
              settings ->
                  SparseTopKCategoricalAccuracy.sparseTopKCategoricalAccuracy()
                      .k(settings.whole("k", 5))),
          Map.entry("Precision", settings -> count(Precision.precision(), settings)),
          Map.entry("Recall", settings -> count(Recall.recall(), settings)),
          Map.entry("Specificity", settings -> count(Specificity.specificity(), settings)),
          Map.entry("TruePositives", settings -> count(ConfusionCount.truePositives(), settings)),
          Map.entry("TrueNegatives", settings -> count(ConfusionCount.trueNegatives(), settings)),
          Map.entry("FalsePositives", settings -> count(ConfusionCount.falsePositives(), settings)),
          Map.entry("FalseNegatives", settings -> count(ConfusionCount.falseNegatives(), settings)),
          Map.entry("F1Score", settings -> score(FBeta.f1(), settings)),
          Map.entry(
              "FBetaScore", settings -> score(FBeta.fBeta(settings.number("beta", 1)), settings)),
          Map.entry("AUC", SavedMetrics::auc),
          Map.entry("R2Score", SavedMetrics::r2));

  /** Keras's names that follow from no class, and its scores, which as a name alone are a mean. */
  private static final Map<String, Supplier<Metric>> BY_NAME =
      Map.of(
          "accuracy", Accuracy::accuracy,
          "acc", Accuracy::accuracy,
          "f1score", FBeta::f1,
          "fbetascore", () -> FBeta.fBeta(1));

  private SavedMetrics() {}

  /** The metric without the name that it was given, and whether samples count by their weights. */
  public static Metric unnamed(Metric metric) {
    if (metric instanceof SampleWeighted weighted) {
      return unnamed(weighted.metric());
    }
    return metric instanceof NamedMetric named ? unnamed(named.metric()) : metric;
  }

  /** What a file says of a metric, a text or a Config; empty where it cannot hold it. */
  public static Optional<Object> saved(Metric metric) {
    if (metric instanceof SampleWeighted weighted) {
      return saved(weighted.metric()); // Keras has a list of its own for these
    }
    if (metric instanceof NamedMetric named) {
      return config(named.metric()).map(config -> config.with("name", named.name()));
    }
    return metric instanceof Accuracy
        ? Optional.of("accuracy")
        : config(metric).map(config -> config.with("name", metric.name()));
  }

  private static Optional<Config> config(Metric metric) {
    if (metric instanceof Accuracy) {
      return Optional.of(Config.ours("AnyAccuracy"));
    } else if (metric instanceof BinaryAccuracy m) {
      return Optional.of(keras("BinaryAccuracy").with("threshold", m.threshold()));
    } else if (metric instanceof CategoricalAccuracy) {
      return Optional.of(keras("CategoricalAccuracy"));
    } else if (metric instanceof SparseCategoricalAccuracy) {
      return Optional.of(keras("SparseCategoricalAccuracy"));
    } else if (metric instanceof TopKCategoricalAccuracy m) {
      return Optional.of(keras("TopKCategoricalAccuracy").with("k", m.k()));
    } else if (metric instanceof SparseTopKCategoricalAccuracy m) {
      return Optional.of(keras("SparseTopKCategoricalAccuracy").with("k", m.k()));
    } else if (metric instanceof Precision m) {
      return Optional.of(counted("Precision", m));
    } else if (metric instanceof Recall m) {
      return Optional.of(counted("Recall", m));
    } else if (metric instanceof Specificity m) {
      return Optional.of(own(counted("Specificity", m)));
    } else if (metric instanceof ConfusionCount m) {
      boolean isPlain = m.decision().topK().isEmpty() && m.averaging().classId().isEmpty();
      Config count = counted(COUNTS.get(m.name()), m);
      return Optional.of(isPlain ? thresholdAlone(count) : own(count));
    } else if (metric instanceof FBeta m) {
      return Optional.of(fBeta(m));
    } else if (metric instanceof Auc m) {
      Config auc = keras("AUC").with("curve", m.isPrecisionRecall() ? "PR" : "ROC");
      return Optional.of(m.averaging().equals(Averaging.OPEN) ? auc : own(averaged(auc, m)));
    } else if (metric instanceof R2 m) {
      return Optional.of(
          keras("R2Score")
              .with(
                  "class_aggregation",
                  m.isVarianceWeighted() ? "variance_weighted_average" : "uniform_average")
              .with("num_regressors", m.regressors()));
    }
    return Optional.empty();
  }

  /**
   * What Keras can make of it: the kind of accuracy that the shapes call for, where it has a name
   * of its own; else as it was saved.
   */
  public static Object inKeras(Metric metric, Object saved, int targets, int outputs) {
    return saved instanceof Config config
            && config.isOurs()
            && unnamed(metric) instanceof Accuracy accuracy
        ? config(accuracy.meant(targets, outputs)).orElseThrow().with("name", metric.name())
        : saved;
  }

  private static Config keras(String className) {
    return Config.of(KERAS, className);
  }

  private static Config own(Config config) {
    return new Config(Config.OURS, config.className(), config.settings());
  }

  private static Config counted(String className, ConfusionMetric<?> metric) {
    Decision decision = metric.decision();
    boolean isKeras = decision.threshold().orElse(0) >= 0 && decision.threshold().orElse(1) <= 1;
    Config config = isKeras ? keras(className) : Config.ours(className);
    config = with(config, "thresholds", decision.threshold().stream().boxed().findFirst());
    config = with(config, "top_k", decision.topK().stream().boxed().findFirst());
    config = with(config, "class_id", metric.averaging().classId().stream().boxed().findFirst());
    return metric.averaging().kind() == Kind.OPEN ? config : own(averaged(config, metric));
  }

  /** Keras's counts take no other setting, not even as None. */
  private static Config thresholdAlone(Config count) {
    Object threshold = count.settings().get("thresholds");
    return new Config(count.module(), count.className(), Map.of("thresholds", threshold));
  }

  private static Config fBeta(FBeta metric) {
    boolean isF1 = metric.name().equals("f1_score");
    Config config = keras(isF1 ? "F1Score" : "FBetaScore");
    if (!isF1) {
      config = config.with("beta", metric.beta());
    }
    Averaging averaging = metric.averaging();
    Decision decision = metric.decision();
    boolean isKeras = decision.threshold().orElse(1) > 0 && decision.threshold().orElse(1) <= 1;
    if (averaging.classId().isPresent() || decision.topK().isPresent() || !isKeras) {
      config = with(config, "class_id", averaging.classId().stream().boxed().findFirst());
      config = own(with(config, "top_k", decision.topK().stream().boxed().findFirst()));
    }
    config = with(config, "threshold", decision.threshold().stream().boxed().findFirst());
    return averaging.kind() == Kind.OPEN && averaging.classId().isPresent()
        ? config
        : config.with("average", averaging.or(Kind.MACRO).kind().name().toLowerCase(Locale.ROOT));
  }

  private static Config averaged(Config config, AveragedMetric<?> metric) {
    Averaging averaging = metric.averaging();
    Config with = with(config, "class_id", averaging.classId().stream().boxed().findFirst());
    return averaging.kind() == Kind.OPEN
        ? with
        : with.with("average", averaging.kind().name().toLowerCase(Locale.ROOT));
  }

  private static Config with(Config config, String name, Optional<?> value) {
    return value.map(there -> config.with(name, there)).orElseGet(() -> config.without(name));
  }

  /**
   * The metric that a file says.
   *
   * @param saved a class with its settings, or one of Keras's names such as {@code accuracy}
   * @throws IllegalArgumentException where Lossbook does not support what it says: names it
   */
  public static Metric read(Object saved) {
    if (saved instanceof String name) {
      Metric metric = byName(name);
      return name.equals(metric.name()) ? metric : metric.named(name);
    }
    if (!(saved instanceof Config config)) {
      throw unknown(Shown.of(saved));
    }
    var settings = new Settings(config).float32();
    Function<Settings, Metric> reader = BY_CLASS.get(config.className());
    if (reader == null) {
      throw unknown(config.className());
    }
    Metric metric = reader.apply(settings);
    String name = settings.text("name", metric.name());
    settings.end();
    return name.equals(metric.name()) ? metric : metric.named(name);
  }

  /** Of one of Keras's names, {@code f1_score} as well as {@code F1Score}. */
  private static Metric byName(String name) {
    String plain = name.replace("_", "");
    Supplier<Metric> known = BY_NAME.get(plain.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known.get();
    }
    String className =
        BY_CLASS.keySet().stream()
            .filter(plain::equalsIgnoreCase)
            .findFirst()
            .orElseThrow(() -> unknown(name));
    return BY_CLASS.get(className).apply(new Settings(Config.of(KERAS, className)));
  }

  private static <M extends ConfusionMetric<M>> M counted(
      M metric, Settings settings, String threshold) {
    M with = metric;
    if (settings.has(threshold)) {
      boolean isList = settings.value(threshold).orElse("") instanceof List<?>;
      double[] all =
          isList ? settings.numbers(threshold) : new double[] {settings.number(threshold)};
      if (all.length != 1) {
        settings.wrong(threshold, "one number", settings.value(threshold).orElse(""));
      }
      with = with.threshold(all[0]);
    }
    if (settings.has("top_k")) {
      with = with.topK(settings.whole("top_k"));
    }
    return averaged(with, settings);
  }

  private static <M extends ConfusionMetric<M>> M count(M metric, Settings settings) {
    return counted(metric, settings, "thresholds");
  }

  private static <M extends AveragedMetric<M>> M averaged(M metric, Settings settings) {
    if (settings.has("class_id")) {
      return metric.classId(settings.whole("class_id"));
    }
    if (!settings.has("average")) {
      return metric;
    }
    settings.only("average", AVERAGES.toArray());
    return switch (settings.text("average")) {
      case "micro" -> metric.micro();
      case "macro" -> metric.macro();
      default -> metric.weighted();
    };
  }

  /** Where nothing is said, Keras gives a figure for each class, which is no one number. */
  private static FBeta score(FBeta metric, Settings settings) {
    if (!settings.has("average") && !settings.has("class_id")) {
      settings.wrong("average", "one of " + AVERAGES, Optional.empty());
    }
    return counted(metric, settings, "threshold");
  }

  private static Metric auc(Settings settings) {
    settings
        .ignore("num_thresholds", "thresholds") // here the area is exact
        .only("summation_method", "interpolation")
        .only("curve", "ROC", "PR");
    boolean isPr = settings.text("curve", "ROC").equals("PR");
    Auc auc = isPr ? Auc.auc().precisionRecall() : Auc.auc();
    if (settings.flag("multi_label", false)) {
      settings.ignore("num_labels");
      auc = auc.macro();
    }
    return averaged(auc, settings);
  }

  private static Metric r2(Settings settings) {
    settings.only("class_aggregation", "uniform_average", "variance_weighted_average");
    String way = settings.text("class_aggregation", "uniform_average");
    return new R2(way.equals("variance_weighted_average"), settings.whole("num_regressors", 0));
  }

  /** What a file may say of a metric beside a Config, for a message. */
  static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("Lossbook has no metric %s".formatted(Shown.text(name)));
  }
}
