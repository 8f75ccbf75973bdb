package org.lossbook.loss.saved;

import static org.lossbook.loss.Barron.barron;
import static org.lossbook.loss.BinaryCrossentropy.binaryCrossentropy;
import static org.lossbook.loss.BinaryFocalCrossentropy.binaryFocalCrossentropy;
import static org.lossbook.loss.CategoricalCrossentropy.categoricalCrossentropy;
import static org.lossbook.loss.CategoricalFocalCrossentropy.categoricalFocalCrossentropy;
import static org.lossbook.loss.CategoricalGeneralizedCrossEntropy.categoricalGeneralizedCrossEntropy;
import static org.lossbook.loss.CategoricalHinge.categoricalHinge;
import static org.lossbook.loss.CosineSimilarity.cosineSimilarity;
import static org.lossbook.loss.GaussianNll.gaussianNll;
import static org.lossbook.loss.Hinge.hinge;
import static org.lossbook.loss.Huber.huber;
import static org.lossbook.loss.JensenShannon.jensenShannon;
import static org.lossbook.loss.KlDivergence.klDivergence;
import static org.lossbook.loss.LogCosh.logCosh;
import static org.lossbook.loss.Logistic.logistic;
import static org.lossbook.loss.MarginRanking.marginRanking;
import static org.lossbook.loss.MeanAbsoluteError.mae;
import static org.lossbook.loss.MeanAbsolutePercentageError.mape;
import static org.lossbook.loss.MeanSquaredError.mse;
import static org.lossbook.loss.MeanSquaredLogarithmicError.msle;
import static org.lossbook.loss.MultiMargin.multiMargin;
import static org.lossbook.loss.Poisson.poisson;
import static org.lossbook.loss.Quantile.quantile;
import static org.lossbook.loss.RootMeanSquaredError.rmse;
import static org.lossbook.loss.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static org.lossbook.loss.SquaredHinge.squaredHinge;
import static org.lossbook.loss.adversarial.LeastSquares.leastSquares;
import static org.lossbook.loss.adversarial.Minimax.minimax;
import static org.lossbook.loss.adversarial.NonSaturating.nonSaturating;
import static org.lossbook.loss.adversarial.Wasserstein.wasserstein;
import static org.lossbook.loss.box.GeneralizedIntersectionOverUnion.giou;
import static org.lossbook.loss.box.IntersectionOverUnion.iou;
import static org.lossbook.loss.overlap.Dice.dice;
import static org.lossbook.loss.overlap.Tversky.tversky;
import static org.lossbook.loss.pairwise.Circle.circle;
import static org.lossbook.loss.pairwise.Contrastive.contrastive;
import static org.lossbook.loss.pairwise.CosineEmbedding.cosineEmbedding;
import static org.lossbook.loss.pairwise.HingeEmbedding.hingeEmbedding;
import static org.lossbook.loss.pairwise.Triplet.triplet;
import static org.lossbook.loss.pairwise.TripletMargin.tripletMargin;
import static org.lossbook.loss.sampled.SampledSoftmax.sampledSoftmax;
import static org.lossbook.loss.sequence.Ctc.ctc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.Barron;
import org.lossbook.loss.BinaryCrossentropy;
import org.lossbook.loss.BinaryFocalCrossentropy;
import org.lossbook.loss.CategoricalCrossentropy;
import org.lossbook.loss.CategoricalGeneralizedCrossEntropy;
import org.lossbook.loss.CrossEntropy;
import org.lossbook.loss.FocalCrossentropy;
import org.lossbook.loss.Huber;
import org.lossbook.loss.JensenShannon;
import org.lossbook.loss.KlDivergence;
import org.lossbook.loss.Loss;
import org.lossbook.loss.MarginRanking;
import org.lossbook.loss.MultiMargin;
import org.lossbook.loss.Quantile;
import org.lossbook.loss.SparseCategoricalCrossentropy;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.UncertaintyWeighted;
import org.lossbook.loss.adversarial.AdversarialPair;
import org.lossbook.loss.overlap.Dice;
import org.lossbook.loss.overlap.Tversky;
import org.lossbook.loss.pairwise.Circle;
import org.lossbook.loss.pairwise.Contrastive;
import org.lossbook.loss.pairwise.CosineEmbedding;
import org.lossbook.loss.pairwise.HingeEmbedding;
import org.lossbook.loss.pairwise.Triplet;
import org.lossbook.loss.pairwise.TripletMargin;
import org.lossbook.loss.sampled.SampledSoftmax;
import org.lossbook.loss.spec.Reduction;

/**
 * All losses that a file may name. What Keras does not have stands in a file as Lossbook's own,
 * which Keras names as unknown unless it is told {@code compile=False}. A reader's own loss is code
 * and cannot be in a file, and neither can a schedule.
 *
 * @hidden
 */
@Internal
public final class LossRegistry {
  /** All losses; a new one is one line here. */
  public static final Registry<Loss> LOSSES =
      withAdversarialPairs(
          Registry.<Loss>of("loss", "keras.losses")
              .unlisted()
              .common(LossRegistry::read)
              .refuse("__lambda__", "Lossbook has no loss for a Python lambda")
              .add("MeanSquaredError", LossReader.of(mse()), "mse")
              .add("MeanAbsoluteError", LossReader.of(mae()), "mae")
              .add("MeanAbsolutePercentageError", LossReader.of(mape()), "mape")
              .add("MeanSquaredLogarithmicError", LossReader.of(msle()), "msle")
              .add(
                  "Huber",
                  LossReader.of(huber()).learnable("delta", Huber::delta, Huber::delta),
                  "huber_loss")
              .add("LogCosh", LossReader.of(logCosh()))
              .add("Poisson", LossReader.of(poisson()))
              .add("CosineSimilarity", LossReader.of(cosineSimilarity()))
              .add(
                  "BinaryCrossentropy",
                  form(binaryCrossentropy())
                      .number("label_smoothing", BinaryCrossentropy::labelSmoothing),
                  "bce")
              .add(
                  "CategoricalCrossentropy",
                  form(categoricalCrossentropy())
                      .number("label_smoothing", CategoricalCrossentropy::labelSmoothing))
              .add(
                  "SparseCategoricalCrossentropy",
                  form(sparseCategoricalCrossentropy())
                      .whole("ignore_class", SparseCategoricalCrossentropy::ignore)
                      .number("label_smoothing", SparseCategoricalCrossentropy::labelSmoothing))
              .add(
                  "BinaryFocalCrossentropy",
                  focal(binaryFocalCrossentropy())
                      .flag("apply_class_balancing", BinaryFocalCrossentropy::classBalancing))
              .add("CategoricalFocalCrossentropy", focal(categoricalFocalCrossentropy()))
              .add(
                  "CategoricalGeneralizedCrossEntropy",
                  LossReader.of(categoricalGeneralizedCrossEntropy())
                      .learnable(
                          "q",
                          CategoricalGeneralizedCrossEntropy::q,
                          CategoricalGeneralizedCrossEntropy::q)
                      .flag("from_logits", CategoricalGeneralizedCrossEntropy::fromLogits))
              .add(
                  "KLDivergence",
                  LossReader.of(klDivergence()).number("base", KlDivergence::base),
                  "kld",
                  "kullback_leibler_divergence")
              .add("Hinge", LossReader.of(hinge()))
              .add("SquaredHinge", LossReader.of(squaredHinge()))
              .add("CategoricalHinge", LossReader.of(categoricalHinge()))
              .add("Dice", LossReader.of(dice()).axes(Dice::axis))
              .add(
                  "Tversky",
                  LossReader.of(tversky())
                      .number("alpha", Tversky::alpha)
                      .number("beta", Tversky::beta)
                      .axes(Tversky::axis))
              .add("CTC", LossReader.of(ctc()))
              .add(
                  "Circle",
                  LossReader.of(circle())
                      .number("gamma", Circle::gamma)
                      .number("margin", Circle::margin))
              .addLossbookOnly("RootMeanSquaredError", LossReader.of(rmse()))
              .addLossbookOnly(
                  "Barron",
                  LossReader.of(barron())
                      .learnable("alpha", Barron::alpha, Barron::alpha)
                      .learnable("c", Barron::c, Barron::c))
              .addLossbookOnly(
                  "Quantile", LossReader.of(quantile(0.5)).learnable("q", Quantile::q, Quantile::q))
              .addLossbookOnly("GaussianNll", LossReader.of(gaussianNll()))
              .addLossbookOnly(
                  "JensenShannon",
                  LossReader.of(jensenShannon()).number("base", JensenShannon::base))
              .addLossbookOnly(
                  "SampledSoftmax",
                  LossReader.of(sampledSoftmax())
                      .whole("candidates", SampledSoftmax::candidates)
                      .flag("uniform", SampledSoftmax::uniform)
                      .flag("keep_accidental_hits", SampledSoftmax::keepAccidentalHits)
                      .flag("from_logits", SampledSoftmax::fromLogits))
              .addLossbookOnly("Logistic", LossReader.of(logistic()))
              .addLossbookOnly("IntersectionOverUnion", LossReader.of(iou()))
              .addLossbookOnly("GeneralizedIntersectionOverUnion", LossReader.of(giou()))
              .addLossbookOnly(
                  "Triplet", LossReader.of(triplet()).number("margin", Triplet::margin))
              .addLossbookOnly(
                  "Contrastive",
                  LossReader.of(contrastive())
                      .learnable("margin", Contrastive::margin, Contrastive::margin))
              .addLossbookOnly(
                  "HingeEmbedding",
                  LossReader.of(hingeEmbedding())
                      .learnable("margin", HingeEmbedding::margin, HingeEmbedding::margin))
              .addLossbookOnly(
                  "MarginRanking",
                  LossReader.of(marginRanking())
                      .learnable("margin", MarginRanking::margin, MarginRanking::margin))
              .addLossbookOnly(
                  "MultiMargin",
                  LossReader.of(multiMargin())
                      .number("margin", MultiMargin::margin)
                      .number("p", MultiMargin::p))
              .addLossbookOnly(
                  "TripletMargin",
                  LossReader.of(tripletMargin()).number("margin", TripletMargin::margin))
              .addLossbookOnly(
                  "CosineEmbedding",
                  LossReader.of(cosineEmbedding()).number("margin", CosineEmbedding::margin))
              .addLossbookOnly("OneOutput", LossRegistry::oneOutput)
              .addLossbookOnly("Combined", LossRegistry::combined)
              .addLossbookOnly("UncertaintyWeighted", LossRegistry::uncertaintyWeighted)
              .addLossbookOnly("Refined", LossRegistry::refined),
          minimax(),
          nonSaturating(),
          wasserstein(),
          leastSquares());

  private static final Map<Object, Reduction> REDUCTIONS =
      Map.of(
          "sum_over_batch_size", Reduction.MEAN,
          "mean", Reduction.MEAN,
          "auto", Reduction.MEAN, // Keras 2
          "sum", Reduction.SUM,
          "mean_with_sample_weight", Reduction.WEIGHTED_MEAN);

  private LossRegistry() {}

  private static Registry<Loss> withAdversarialPairs(
      Registry<Loss> others, AdversarialPair... pairs) {
    Registry<Loss> all = others;
    for (AdversarialPair pair : pairs) {
      for (Loss side : List.of(pair.generator(), pair.discriminator())) {
        all = all.addLossbookOnly(side.name(), LossReader.of(side));
      }
    }
    return all;
  }

  private static <L extends CrossEntropy<L>> LossReader<L> form(L loss) {
    return LossReader.of(loss).number("base", L::base).flag("from_logits", L::fromLogits);
  }

  private static <L extends FocalCrossentropy<L>> LossReader<L> focal(L loss) {
    return form(loss)
        .number("label_smoothing", L::labelSmoothing)
        .learnable("gamma", L::gamma, L::gamma)
        .learnable("alpha", L::alpha, L::alpha);
  }

  /** Keras's mean where the file does not say; its None is no reduction at all, and no mean. */
  private static Loss read(Settings settings, Function<Settings, Loss> from) {
    settings.ignore("name", "fn").float32();
    Object said = settings.raw("reduction").orElse("sum_over_batch_size");
    Reduction by = REDUCTIONS.get(said);
    if (by == null) {
      return settings.wrong("reduction", "one of " + REDUCTIONS.keySet(), said);
    }
    return new TrainingLoss(from.apply(settings)).reducedBy(by);
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
    return inner(settings, all).output(settings.integer("output"));
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
    var penalty = Regularizer.l1l2(settings.number("l1", 0), settings.number("l2", 0));
    Loss ignoring =
        settings.has("ignore_class") ? loss.ignore(settings.integer("ignore_class")) : loss;
    Loss weighted = weights.isEmpty() ? ignoring : ignoring.classWeight(weights);
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
