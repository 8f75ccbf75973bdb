package org.lossbook.loss;

import java.util.function.Function;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;

/** The losses of this package that a file may name: a new one is one line here. */
public final class BasicLosses {
  private BasicLosses() {}

  /** The registry with these losses added. */
  public static Registry<Loss> addTo(Registry<Loss> others) {
    return others
        .add("MeanSquaredError", plain(MeanSquaredError.mse()), "mse")
        .add("MeanAbsoluteError", plain(MeanAbsoluteError.mae()), "mae")
        .add("MeanAbsolutePercentageError", plain(MeanAbsolutePercentageError.mape()), "mape")
        .add("MeanSquaredLogarithmicError", plain(MeanSquaredLogarithmicError.msle()), "msle")
        .add("Huber", Huber::from, "huber_loss")
        .add("LogCosh", plain(LogCosh.logCosh()))
        .add("Poisson", plain(Poisson.poisson()))
        .add("CosineSimilarity", plain(CosineSimilarity.cosineSimilarity()))
        .add("BinaryCrossentropy", BinaryCrossentropy::from, "bce")
        .add("CategoricalCrossentropy", CategoricalCrossentropy::from)
        .add("SparseCategoricalCrossentropy", SparseCategoricalCrossentropy::from)
        .add("BinaryFocalCrossentropy", BinaryFocalCrossentropy::from)
        .add("CategoricalFocalCrossentropy", CategoricalFocalCrossentropy::from)
        .add("CategoricalGeneralizedCrossEntropy", CategoricalGeneralizedCrossEntropy::from)
        .add("KLDivergence", KlDivergence::from, "kld", "kullback_leibler_divergence")
        .add("Hinge", plain(Hinge.hinge()))
        .add("SquaredHinge", plain(SquaredHinge.squaredHinge()))
        .add("CategoricalHinge", plain(CategoricalHinge.categoricalHinge()))
        .add("Dice", Dice::from)
        .add("Tversky", Tversky::from)
        .addOwn("RootMeanSquaredError", plain(RootMeanSquaredError.rmse()))
        .addOwn("Barron", Barron::from)
        .addOwn("Quantile", Quantile::from)
        .addOwn("GaussianNll", plain(GaussianNll.gaussianNll()))
        .addOwn("JensenShannon", JensenShannon::from)
        .addOwn("Logistic", plain(Logistic.logistic()));
  }

  /** A loss without settings; Keras writes the only axis that there is. */
  public static Function<Settings, Loss> plain(Loss loss) {
    return settings -> {
      settings.only("axis", -1);
      return loss;
    };
  }
}
