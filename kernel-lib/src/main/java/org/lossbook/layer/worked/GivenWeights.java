package org.lossbook.layer.worked;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.weights.Initializers;

/**
 * The weights with which a layer is worked out: the reader's, or first ones.
 *
 * @hidden
 */
@Internal
public final class GivenWeights {
  private GivenWeights() {}

  /** A kernel that is not null. */
  public static Optional<Object> kernel(String who, Object given) {
    return named(who, "a kernel", given);
  }

  /** Weights that are not null, by what they are called. */
  public static Optional<Object> named(String who, String what, Object given) {
    return Optional.of(Require.given(given, who, what, "leave it out to take first weights"));
  }

  /** A bias that is not null. */
  public static Optional<Object> bias(String who, Object given) {
    return Optional.of(Require.given(given, who, "a bias", "leave it out to take zeros"));
  }

  /** The reader's in the parameter's shape, or those that its initializer draws. */
  public static Values of(String who, Parameter parameter, Optional<Object> given) {
    return given.map(numbers -> read(who, parameter, numbers)).orElseGet(() -> first(parameter));
  }

  /** The reader's, a number for each output, if there are any. */
  public static Optional<Values> biases(String who, int outputs, Optional<Object> given) {
    Parameter bias = Parameter.trained("bias", Initializers.zeros(), outputs);
    return given.map(numbers -> read(who, bias, numbers));
  }

  /** Axes of length 1 may be left out. */
  private static Values read(String who, Parameter parameter, Object given) {
    Values values = Values.of(who + ".explain", given);
    int[] wanted = parameter.shape();
    int[] without = Arrays.stream(wanted).filter(extent -> extent != 1).toArray();
    int[] own = Arrays.stream(values.shape()).filter(extent -> extent != 1).toArray();
    if (!Arrays.equals(own, without)) {
      throw Messages.wrong(
          "%s.explain expects a %s of shape %s but receives %s: give one number for each weight.",
          who, parameter.name(), Arrays.toString(wanted), Arrays.toString(values.shape()));
    }
    return Values.of(values.toDoubles(), wanted);
  }

  /** Always the same. */
  private static Values first(Parameter parameter) {
    int[] shape = parameter.shape();
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    parameter.initializer().fill(values, shape, new SplittableRandom(1));
    return Values.of(values, shape);
  }
}
