package org.lossbook.layer;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;
import org.lossbook.engine.Activation;
import org.lossbook.layer.function.ElementFormula;
import org.lossbook.layer.function.KerasFunctions;

/**
 * Activation functions by Keras's names, and as files have them.
 *
 * @hidden
 */
@Internal
public final class Activations {
  private static final String ACTIVATION = "activation";

  private static final Map<String, Activation> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("linear", Activation.LINEAR),
              Map.entry("relu", Activation.RELU),
              Map.entry("sigmoid", Activation.SIGMOID),
              Map.entry("tanh", Activation.TANH),
              Map.entry("leaky_relu", Activation.leakyRelu(0.2)),
              Map.entry("elu", Activation.elu(1)),
              Map.entry("gelu", Activation.GELU),
              Map.entry("swish", Activation.SWISH),
              Map.entry("silu", Activation.SWISH),
              Map.entry("softplus", Activation.SOFTPLUS),
              Map.entry("softmax", Activation.SOFTMAX)));

  static {
    BY_NAME.putAll(KerasFunctions.byName());
    BY_NAME.put("log_softmax", Activation.LOG_SOFTMAX);
    BY_NAME.put("sparsemax", Activation.SPARSEMAX);
    BY_NAME.put("glu", Activation.GLU);
  }

  private Activations() {}

  public static Activation named(String name) {
    Activation activation = name == null ? null : BY_NAME.get(name);
    if (activation == null) {
      throw new IllegalArgumentException(
          "activation expects one of "
              + BY_NAME.keySet()
              + " but receives "
              + (name == null ? "null" : Shown.of(name))
              + ": use one of these names.");
    }
    return activation;
  }

  /** As a file has it: its name, or one of Keras's layers where it has a parameter. */
  public static Object saved(Activation activation) {
    if (activation.function().orElse(null) instanceof ElementFormula formula) {
      return saved(formula);
    }
    String name = activation.kerasName().equals("swish") ? "silu" : activation.kerasName();
    if (named(name).equals(activation)) {
      return name;
    }
    return switch (activation.kind()) {
      case LEAKY_RELU ->
          Config.of("keras.layers", "LeakyReLU")
              .with("negative_slope", shortest(activation.alpha()));
      case ELU -> Config.of("keras.layers", "ELU").with("alpha", shortest(activation.alpha()));
      default -> throw new IllegalStateException("no name for " + activation);
    };
  }

  /** A formula that Keras has too is saved under its name there, whatever it is called here. */
  private static Object saved(ElementFormula formula) {
    return KerasFunctions.nameOf(formula.formula())
        .<Object>map(name -> name)
        .orElseGet(formula::config);
  }

  /**
   * An activation function read from a file.
   *
   * @param axis that softmax normalizes over
   * @hidden
   */
  @Internal
  public record ActivationOnAxis(Activation activation, LastAxis axis) {
    ActivationOnAxis(Activation activation) {
      this(activation, LastAxis.LAST);
    }
  }

  /**
   * The setting {@code activation} of a layer in a file.
   *
   * @param rank of what the layer gives, without the batch
   */
  public static Activation from(Settings settings, int rank) {
    return from(settings, ACTIVATION, rank);
  }

  /**
   * A setting of a layer in a file that is a function, such as {@code recurrent_activation}.
   *
   * @param rank of what the layer gives, without the batch
   */
  public static Activation from(Settings settings, String name, int rank) {
    ActivationOnAxis read = from(settings, name);
    read.axis.check(read.activation.kerasName(), rank, "");
    return read.activation;
  }

  public static ActivationOnAxis from(Settings settings) {
    return from(settings, ACTIVATION);
  }

  private static ActivationOnAxis from(Settings settings, String setting) {
    Optional<Object> value = settings.value(setting);
    if (value.isEmpty()) {
      return new ActivationOnAxis(Activation.LINEAR);
    }
    if (value.get() instanceof Config layer) {
      var inner = new Settings(layer);
      inner.ignore("name", "trainable").float32();
      ActivationOnAxis read = ofClass(inner);
      inner.rejectUnread();
      return read;
    }
    return value.get() instanceof String name
        ? BY_NAME.containsKey(name)
            ? new ActivationOnAxis(named(name))
            : settings.wrong(setting, "one of " + BY_NAME.keySet(), name)
        : settings.wrong(setting, "the name of a function", value.get());
  }

  /** Reads one of the classes that Keras has for a single function. */
  public static ActivationOnAxis ofClass(Settings settings) {
    return switch (settings.className()) {
      case "LeakyReLU" -> {
        double slope = settings.number("alpha", 0.3); // Keras 2
        yield new ActivationOnAxis(Activation.leakyRelu(settings.number("negative_slope", slope)));
      }
      case "ELU" -> new ActivationOnAxis(Activation.elu(settings.number("alpha", 1)));
      case "Softmax" -> new ActivationOnAxis(Activation.SOFTMAX, LastAxis.from(settings));
      case "ReLU" -> {
        double most = settings.number("max_value", Double.POSITIVE_INFINITY);
        double slope = settings.number("negative_slope", 0);
        double threshold = settings.number("threshold", 0);
        yield new ActivationOnAxis(KerasFunctions.relu(most, slope, threshold));
      }
      case "Formula" -> new ActivationOnAxis(Activation.of(ElementFormula.from(settings)));
      case "Activation" -> from(settings);
      default -> settings.wrong("class", "a function that Lossbook has", settings.className());
    };
  }

  /** 0.3f is 0.3 in a file, not 0.30000001192092896. */
  private static double shortest(float number) {
    return Double.parseDouble(Float.toString(number));
  }
}
