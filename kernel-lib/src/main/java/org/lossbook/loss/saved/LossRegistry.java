package org.lossbook.loss.saved;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;
import org.lossbook.layer.Penalty;
import org.lossbook.loss.BasicLosses;
import org.lossbook.loss.Loss;
import org.lossbook.loss.Training;
import org.lossbook.loss.UncertaintyWeighted;
import org.lossbook.loss.adversarial.AdversarialLosses;
import org.lossbook.loss.box.GeneralizedIntersectionOverUnion;
import org.lossbook.loss.box.IntersectionOverUnion;
import org.lossbook.loss.pairwise.PairwiseLosses;
import org.lossbook.loss.spec.Reduction;

/**
 * All losses that a file may name. What Keras does not have stands in a file as Lossbook's own,
 * which Keras names as unknown unless it is told {@code compile=False}. A reader's own loss is code
 * and cannot be in a file, and neither can a schedule.
 */
public final class LossRegistry {
  /** All losses. */
  public static final Registry<Loss> LOSSES =
      AdversarialLosses.addTo(
              PairwiseLosses.addTo(
                  BasicLosses.addTo(
                      Registry.<Loss>of("loss", "keras.losses")
                          .unlisted()
                          .common(LossRegistry::read)
                          .refuse("__lambda__", "Lossbook has no loss for a Python lambda"))))
          .addOwn("IntersectionOverUnion", BasicLosses.plain(IntersectionOverUnion.iou()))
          .addOwn(
              "GeneralizedIntersectionOverUnion",
              BasicLosses.plain(GeneralizedIntersectionOverUnion.giou()))
          .addOwn("OneOutput", LossRegistry::oneOutput)
          .addOwn("Combined", LossRegistry::combined)
          .addOwn("UncertaintyWeighted", LossRegistry::uncertaintyWeighted)
          .addOwn("Refined", LossRegistry::refined);

  private static final Map<Object, Reduction> REDUCTIONS =
      Map.of(
          "sum_over_batch_size", Reduction.MEAN,
          "mean", Reduction.MEAN,
          "auto", Reduction.MEAN, // Keras 2
          "sum", Reduction.SUM,
          "mean_with_sample_weight", Reduction.WEIGHTED_MEAN);

  private LossRegistry() {}

  /** Keras's mean where the file does not say; its None is no reduction at all, and no mean. */
  private static Loss read(Settings settings, Function<Settings, Loss> from) {
    settings.ignore("name", "fn").float32();
    Object said = settings.said("reduction").orElse("sum_over_batch_size");
    Reduction by = REDUCTIONS.get(said);
    if (by == null) {
      return settings.wrong("reduction", "one of " + REDUCTIONS.keySet(), said);
    }
    return new Training(from.apply(settings)).reducedBy(by);
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
        yield Optional.of(LOSSES.read(new Config(config.module(), className, config.settings())));
      }
      case "cosinesimilarity", "cosineproximity" ->
          config.module().equals("keras.losses")
              ? Optional.of(LOSSES.read(saved))
              : Optional.empty();
      default -> LOSSES.knows(saved) ? Optional.of(LOSSES.read(saved)) : Optional.empty();
    };
  }

  private static Loss oneOutput(Settings settings, Registry<Loss> all) {
    return inner(settings, all).output(settings.whole("output"));
  }

  private static Loss uncertaintyWeighted(Settings settings, Registry<Loss> all) {
    List<Loss> tasks = losses(settings, all);
    return UncertaintyWeighted.uncertaintyWeighted(
        tasks.get(0), tasks.subList(1, tasks.size()).toArray(Loss[]::new));
  }

  private static Loss refined(Settings settings, Registry<Loss> all) {
    Loss loss = inner(settings, all);
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

  private static Loss combined(Settings settings, Registry<Loss> all) {
    List<Loss> losses = losses(settings, all);
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

  private static List<Loss> losses(Settings settings, Registry<Loss> all) {
    if (!(settings.value("losses").orElse("none") instanceof List<?> saved) || saved.isEmpty()) {
      return settings.wrong("losses", "losses", settings.value("losses"));
    }
    return saved.stream().map(all::read).toList();
  }

  private static Loss inner(Settings settings, Registry<Loss> all) {
    return all.read(
        settings.value("loss").orElseGet(() -> settings.wrong("loss", "a loss", Optional.empty())));
  }
}
