package org.lossbook.layer.worked;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;

/**
 * The weights with which a layer is worked out: the reader's, or first ones.
 *
 * @hidden
 */
@Internal
public final class GivenWeights {
  private GivenWeights() {}

  /** The reader's, in the parameter's shape; axes of length 1 may be left out. */
  public static Values of(String who, Parameter parameter, Object given) {
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

  /** Those that its initializer draws, always the same. */
  public static Values first(Parameter parameter) {
    int[] shape = parameter.shape();
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    parameter.initializer().fill(values, shape, new SplittableRandom(1));
    return Values.of(values, shape);
  }
}
