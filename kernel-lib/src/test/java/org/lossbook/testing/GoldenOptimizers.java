package org.lossbook.testing;

import com.google.gson.JsonObject;
import org.lossbook.optimizer.Adam;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.Sgd;

/** Says the optimizers of the golden files in this library's words. */
public final class GoldenOptimizers {
  private GoldenOptimizers() {}

  public static Optimizer of(String name, JsonObject settings) {
    return switch (name) {
      case "adam" -> adam(settings);
      case "sgd" -> sgd(settings);
      default -> throw new AssertionError("no word for " + name);
    };
  }

  private static Adam adam(JsonObject settings) {
    Adam usual = Adam.adam();
    return usual
        .learningRate(number(settings, "learning_rate", usual.learningRate()))
        .beta1(number(settings, "beta_1", 0.9))
        .beta2(number(settings, "beta_2", 0.999))
        .epsilon(number(settings, "epsilon", 1e-7));
  }

  private static Sgd sgd(JsonObject settings) {
    Sgd usual = Sgd.sgd();
    Sgd rolling =
        usual
            .learningRate(number(settings, "learning_rate", usual.learningRate()))
            .momentum(number(settings, "momentum", 0));
    boolean nesterov = settings.has("nesterov") && settings.get("nesterov").getAsBoolean();
    return nesterov ? rolling.nesterov() : rolling;
  }

  private static double number(JsonObject settings, String name, double otherwise) {
    return settings.has(name) ? settings.get(name).getAsDouble() : otherwise;
  }
}
