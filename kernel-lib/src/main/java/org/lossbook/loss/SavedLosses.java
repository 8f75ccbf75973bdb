package org.lossbook.loss;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;
import org.lossbook.layer.Penalty;

/**
 * Losses in files, by Keras's classes and settings; what Keras does not have stands there as
 * Lossbook's own, which Keras names as unknown unless it is told {@code compile=False}. A reader's
 * own loss is code and cannot be in a file, and neither can a schedule.
 *
 * @hidden
 */
@Internal
public final class SavedLosses {
  private static final Map<String, Reduction> REDUCTIONS =
      Map.of(
          "sum_over_batch_size", Reduction.MEAN,
          "mean", Reduction.MEAN,
          "auto", Reduction.MEAN, // Keras 2
          "sum", Reduction.SUM,
          "mean_with_sample_weight", Reduction.WEIGHTED_MEAN);

  private static final Set<String> COMPOSED =
      Set.of("OneOutput", "Combined", "UncertaintyWeighted", "Refined");

  private SavedLosses() {}

  /** What a file says of a loss; empty where it cannot hold it. */
  public static Optional<Config> config(Loss loss) {
    Loss inner = ReducedLoss.inner(loss);
    boolean isPlain = loss.classWeights().isEmpty() && loss.penalty().isNone();
    return unrefined(inner)
        .map(config -> isPlain ? config : refined(loss, config))
        .map(config -> config.with("reduction", says(loss.reduction())));
  }

  /**
   * A loss, and what it is multiplied by, which Keras keeps in {@code loss_weights}.
   *
   * @param loss without the factor
   * @param factor 1 where the loss has none
   * @hidden
   */
  @Internal
  public record Weighed(Loss loss, double factor) {}

  /** A loss times a number, taken apart; every other as it is. */
  public static Weighed weighed(Loss loss) {
    boolean isPlain = loss.classWeights().isEmpty() && loss.penalty().isNone();
    return isPlain
            && ReducedLoss.inner(loss) instanceof WeightedSum one
            && one.losses().size() == 1
            && !one.isScheduled()
        ? new Weighed(ReducedLoss.like(loss, one.losses().get(0)), (double) one.factors().get(0))
        : new Weighed(loss, 1);
  }

  private static Config refined(Loss loss, Config inner) {
    Map<String, Object> weights = new LinkedHashMap<>();
    loss.classWeights()
        .ifPresent(
            classes ->
                classes.byLabel().forEach((label, weight) -> weights.put("" + label, weight)));
    return Config.ours("Refined")
        .with("loss", inner)
        .with("class_weight", weights)
        .with("l1", loss.penalty().l1())
        .with("l2", loss.penalty().l2());
  }

  private static String says(Reduction reduction) {
    return switch (reduction) {
      case MEAN -> "sum_over_batch_size";
      case SUM -> "sum";
      case WEIGHTED_MEAN -> "mean_with_sample_weight";
    };
  }

  private static Optional<Config> unrefined(Loss loss) {
    if (loss instanceof OneOutput one) {
      return config(one.loss())
          .map(inner -> Config.ours("OneOutput").with("loss", inner).with("output", one.output()));
    }
    if (loss instanceof WeightedSum scheduled && scheduled.isScheduled()) {
      return Optional.empty();
    }
    if (loss instanceof WeightedSum sum) {
      return all(sum.losses())
          .map(
              losses ->
                  Config.ours("Combined").with("losses", losses).with("factors", sum.factors()));
    }
    if (loss instanceof UncertaintyWeighted tasks) {
      return all(tasks.losses())
          .map(losses -> Config.ours("UncertaintyWeighted").with("losses", losses));
    }
    return LossKind.of(loss).flatMap(kind -> kind.config(loss));
  }

  private static Optional<List<Object>> all(List<Loss> losses) {
    List<Object> configs = new ArrayList<>();
    for (Loss loss : losses) {
      config(loss).ifPresent(configs::add);
    }
    return configs.size() == losses.size() ? Optional.of(configs) : Optional.empty();
  }

  /** Whether a file's class or name is that of a loss. */
  public static boolean knows(Object saved) {
    return saved instanceof Config config
        ? LossKind.ofClass(config.className()).isPresent() || COMPOSED.contains(config.className())
        : saved instanceof String name && LossKind.ofKerasName(name).isPresent();
  }

  /**
   * The loss that a metric of Keras's is; empty where it is none. Keras's metric {@code
   * CosineSimilarity} is not: it is the negative of the loss.
   *
   * @param saved a class with its settings, or one of Keras's names
   * @throws IllegalArgumentException where one of its settings means something else
   */
  public static Optional<Loss> metric(Object saved) {
    Config config = saved instanceof Config given ? given : Config.of("keras.metrics", saved + "");
    String name = config.className().replace("_", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "rootmeansquarederror", "logcosherror" -> {
        String className = name.startsWith("log") ? "LogCosh" : "RootMeanSquaredError";
        yield Optional.of(read(new Config(config.module(), className, config.settings())));
      }
      case "cosinesimilarity", "cosineproximity" ->
          config.module().equals("keras.losses") ? Optional.of(read(saved)) : Optional.empty();
      default -> knows(saved) ? Optional.of(read(saved)) : Optional.empty();
    };
  }

  /**
   * The loss that a file says.
   *
   * @param saved a class with its settings, or one of Keras's names such as {@code mse}
   * @throws IllegalArgumentException where Lossbook does not support what it says: names it
   */
  public static Loss read(Object saved) {
    if (saved instanceof String name) {
      return LossKind.ofKerasName(name)
          .map(kind -> (Loss) kind.first())
          .orElseThrow(() -> unknown(name));
    }
    if (!(saved instanceof Config config)) {
      throw unknown(Shown.of(saved));
    }
    var settings = new Settings(config).ignore("name", "fn").float32();
    Reduction by = reduction(config, settings);
    Loss loss =
        switch (config.className()) {
          case "OneOutput" -> inner(settings).output(settings.whole("output"));
          case "Combined" -> combined(settings);
          case "UncertaintyWeighted" -> {
            List<Loss> tasks = losses(settings);
            yield UncertaintyWeighted.uncertaintyWeighted(
                tasks.get(0), tasks.subList(1, tasks.size()).toArray(Loss[]::new));
          }
          case "Refined" -> refined(settings);
          default ->
              LossKind.ofClass(config.className())
                  .orElseThrow(() -> unknown(config.className()))
                  .read(settings);
        };
    settings.end();
    return by == loss.reduction() ? loss : ReducedLoss.reduced(loss, by);
  }

  /** Keras's mean where the file does not say; its None is no reduction at all, and no mean. */
  private static Reduction reduction(Config config, Settings settings) {
    Object said = config.settings().getOrDefault("reduction", "sum_over_batch_size");
    settings.ignore("reduction");
    Reduction by = REDUCTIONS.get(said);
    return by != null ? by : settings.wrong("reduction", "one of " + REDUCTIONS.keySet(), said);
  }

  private static Loss refined(Settings settings) {
    Loss loss = inner(settings);
    Map<Integer, Double> weights = new LinkedHashMap<>();
    if (settings.value("class_weight").orElse(Map.of()) instanceof Map<?, ?> saved) {
      saved.forEach(
          (label, weight) -> weights.put(label(settings, label), number(settings, weight)));
    }
    var penalty = new Penalty(settings.number("l1", 0), settings.number("l2", 0));
    Loss weighted = weights.isEmpty() ? loss : loss.classWeight(weights);
    return penalty.isNone() ? weighted : weighted.plus(penalty);
  }

  private static Integer label(Settings settings, Object label) {
    return label instanceof String text && text.matches("\\d{1,6}")
        ? Integer.valueOf(text)
        : settings.wrong("class_weight", "labels", label);
  }

  private static Double number(Settings settings, Object weight) {
    return weight instanceof Number number
        ? Double.valueOf(number.doubleValue())
        : settings.wrong("class_weight", "numbers", weight);
  }

  private static Loss combined(Settings settings) {
    List<Loss> losses = losses(settings);
    if (!(settings.value("factors").orElse("none") instanceof List<?> factors)
        || factors.size() != losses.size()) {
      return settings.wrong("factors", losses.size() + " factors", settings.value("factors"));
    }
    Loss sum = losses.get(0).times(number(settings, factors.get(0)));
    for (int i = 1; i < losses.size(); i++) {
      sum = sum.plus(losses.get(i).times(number(settings, factors.get(i))));
    }
    return sum;
  }

  private static List<Loss> losses(Settings settings) {
    if (!(settings.value("losses").orElse("none") instanceof List<?> saved) || saved.isEmpty()) {
      return settings.wrong("losses", "losses", settings.value("losses"));
    }
    return saved.stream().map(SavedLosses::read).toList();
  }

  private static Loss inner(Settings settings) {
    return read(settings.value("loss").orElse("none"));
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "Lossbook has no loss %s"
            .formatted(name.equals("__lambda__") ? "for a Python lambda" : Shown.text(name)));
  }

  /** MeanSquaredError is mean_squared_error where Keras names a loss by a text. */
  static String snakeCase(String className) {
    return className
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
