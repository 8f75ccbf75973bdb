package org.lossbook.loss;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * How a loss stands in a file. A new loss is one line of the table.
 *
 * @param module Keras's, or ours
 * @param className the class there
 * @param first the loss as its factory gives it
 * @param calls those that set its numbers, by the numbers' names
 * @param <L> the loss
 */
record LossKind<L extends Loss>(
    String module, String className, L first, Map<String, Calls<L>> calls) {
  private static final List<LossKind<?>> ALL = new ArrayList<>();

  /** Keras's names, those of Keras 2 too, that follow from neither class nor factory. */
  private static final Map<String, String> SHORT =
      Map.of(
          "bce", "BinaryCrossentropy",
          "kld", "KLDivergence",
          "kullback_leibler_divergence", "KLDivergence",
          "logcosh", "LogCosh",
          "huber_loss", "Huber");

  static {
    keras("MeanSquaredError", MeanSquaredError.mse());
    keras("MeanAbsoluteError", MeanAbsoluteError.mae());
    keras("MeanAbsolutePercentageError", MeanAbsolutePercentageError.mape());
    keras("MeanSquaredLogarithmicError", MeanSquaredLogarithmicError.msle());
    keras("Huber", Huber.huber()).call("delta", Huber::delta, Huber::delta);
    keras("LogCosh", LogCosh.logCosh());
    keras("Poisson", Poisson.poisson());
    keras("CosineSimilarity", CosineSimilarity.cosineSimilarity());
    keras("BinaryCrossentropy", BinaryCrossentropy.binaryCrossentropy());
    keras("CategoricalCrossentropy", CategoricalCrossentropy.categoricalCrossentropy());
    keras(
        "SparseCategoricalCrossentropy",
        SparseCategoricalCrossentropy.sparseCategoricalCrossentropy());
    keras("BinaryFocalCrossentropy", BinaryFocalCrossentropy.binaryFocalCrossentropy())
        .call("alpha", FocalCrossentropy::alpha, FocalCrossentropy::alpha)
        .call("gamma", FocalCrossentropy::gamma, FocalCrossentropy::gamma);
    keras(
            "CategoricalFocalCrossentropy",
            CategoricalFocalCrossentropy.categoricalFocalCrossentropy())
        .call("alpha", FocalCrossentropy::alpha, FocalCrossentropy::alpha)
        .call("gamma", FocalCrossentropy::gamma, FocalCrossentropy::gamma);
    keras(
            "CategoricalGeneralizedCrossEntropy",
            CategoricalGeneralizedCrossEntropy.categoricalGeneralizedCrossEntropy())
        .call("q", CategoricalGeneralizedCrossEntropy::q, CategoricalGeneralizedCrossEntropy::q);
    keras("KLDivergence", KlDivergence.klDivergence());
    keras("Hinge", Hinge.hinge());
    keras("SquaredHinge", SquaredHinge.squaredHinge());
    keras("CategoricalHinge", CategoricalHinge.categoricalHinge());
    keras("Dice", Dice.dice());
    keras("Tversky", Tversky.tversky()).call("alpha", Tversky::alpha).call("beta", Tversky::beta);
    keras("Circle", Circle.circle()).call("gamma", Circle::gamma).call("margin", Circle::margin);

    ours("RootMeanSquaredError", RootMeanSquaredError.rmse());
    ours("Barron", Barron.barron())
        .call("alpha", Barron::alpha, Barron::alpha)
        .call("c", Barron::c, Barron::c);
    ours("Quantile", Quantile.quantile(0.5)).call("q", Quantile::q, Quantile::q);
    ours("GaussianNll", GaussianNll.gaussianNll());
    ours("JensenShannon", JensenShannon.jensenShannon());
    ours("Logistic", Logistic.logistic());
    ours("IntersectionOverUnion", IntersectionOverUnion.iou());
    ours("GeneralizedIntersectionOverUnion", GeneralizedIntersectionOverUnion.giou());
    ours("Triplet", Triplet.triplet()).call("margin", Triplet::margin);
    ours("Contrastive", Contrastive.contrastive())
        .call("margin", Contrastive::margin, Contrastive::margin);
    Stream.of(
            Minimax.minimax(),
            NonSaturating.nonSaturating(),
            Wasserstein.wasserstein(),
            LeastSquares.leastSquares())
        .flatMap(pair -> Stream.of(pair.generator(), pair.discriminator()))
        .forEach(side -> ours(side.name(), side));
  }

  /** What sets a number, and what makes it move; the second is null where nothing can. */
  record Calls<L>(
      BiFunction<L, Double, L> to, Optional<BiFunction<L, ScheduledOrLearned, L>> moving) {}

  private static <L extends Loss> LossKind<L> keras(String className, L first) {
    return added(new LossKind<>("keras.losses", className, first, new LinkedHashMap<>()));
  }

  private static <L extends Loss> LossKind<L> ours(String className, L first) {
    return added(new LossKind<>(Config.OURS, className, first, new LinkedHashMap<>()));
  }

  private static <L extends Loss> LossKind<L> added(LossKind<L> kind) {
    ALL.add(kind);
    return kind;
  }

  private LossKind<L> call(String name, BiFunction<L, Double, L> to) {
    calls.put(name, new Calls<>(to, Optional.empty()));
    return this;
  }

  private LossKind<L> call(
      String name, BiFunction<L, Double, L> to, BiFunction<L, ScheduledOrLearned, L> moving) {
    calls.put(name, new Calls<>(to, Optional.of(moving)));
    return this;
  }

  static Optional<LossKind<?>> of(Loss loss) {
    return ALL.stream()
        .filter(
            kind ->
                kind.first.getClass() == loss.getClass() && kind.first.name().equals(loss.name()))
        .findFirst();
  }

  static Optional<LossKind<?>> ofClass(String className) {
    return ALL.stream().filter(kind -> kind.className.equals(className)).findFirst();
  }

  /** Of a name by which Keras knows the loss too: {@code mse}, {@code mean_squared_error}. */
  static Optional<LossKind<?>> ofKerasName(String name) {
    String meant = SHORT.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    return ALL.stream()
        .filter(kind -> kind.module.equals("keras.losses"))
        .filter(
            kind ->
                meant.equals(kind.className)
                    || meant.equals(SavedLosses.snakeCase(kind.className))
                    || meant.equalsIgnoreCase(kind.first.name()))
        .findFirst();
  }

  /** What a file says of a loss of this kind; empty where a number of it follows a schedule. */
  Optional<Config> config(Loss loss) {
    Config config = Config.of(module, className);
    boolean isOurs = false;
    for (Setting setting : loss.settings()) {
      if (setting.varying().isPresent()) {
        if (setting.varying().get().schedule().isPresent()) {
          return Optional.empty();
        }
        Config learned = Config.ours("Learned").with("first", setting.value());
        config = config.with(setting.name(), learned);
        isOurs = true;
      } else {
        config = config.with(setting.name(), setting.value());
      }
    }
    boolean isWelsch = loss instanceof Barron && !config.settings().containsKey("alpha");
    config = isWelsch ? config.with("alpha", "-inf") : config;
    return Optional.of(LossForm.of(loss).addTo(isOurs ? own(config) : config));
  }

  /** The same as a class that Keras has not. */
  static Config own(Config config) {
    return new Config(Config.OURS, config.className(), config.settings());
  }

  /** The loss of this kind that a file says. */
  Loss read(Settings settings) {
    L loss = first;
    for (Map.Entry<String, Calls<L>> each : calls.entrySet()) {
      Optional<Object> value = settings.value(each.getKey());
      if (value.isPresent()) {
        loss = set(loss, each.getKey(), each.getValue(), value.get(), settings);
      }
    }
    return LossForm.read(settings).applied(loss, settings);
  }

  private L set(L loss, String name, Calls<L> calls, Object value, Settings settings) {
    if (value instanceof Config learned && learned.className().equals("Learned")) {
      double from = new Settings(learned).number("first");
      return calls
          .moving
          .map(call -> call.apply(loss, ScheduledOrLearned.learned(from)))
          .orElseGet(() -> settings.wrong(name, "a number that stays", value));
    }
    return calls.to.apply(
        loss, value.equals("-inf") ? Double.NEGATIVE_INFINITY : settings.number(name));
  }
}
