package org.lossbook.layer.weights;

import java.util.Arrays;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * How many units a weight's outputs are computed from and its inputs go to, as Keras counts them.
 *
 * @param in the inputs of one output
 * @param out the outputs that one input goes to
 */
record Fans(double in, double out) {
  /** Which of them divides a variance; names are Keras's in upper case. */
  enum Mode {
    FAN_IN,
    FAN_OUT,
    FAN_AVG;

    double of(Fans fans) {
      return switch (this) {
        case FAN_IN -> fans.in;
        case FAN_OUT -> fans.out;
        case FAN_AVG -> (fans.in + fans.out) / 2;
      };
    }
  }

  /** Of a kernel {@code [window…, in, out]}; of a vector its length, twice. */
  static Fans of(int... shape) {
    int axes = shape.length;
    if (axes < 2) {
      double length = axes == 0 ? 1 : shape[0];
      return new Fans(length, length);
    }
    double field = Arrays.stream(shape).limit(axes - 2).asDoubleStream().reduce(1, (a, b) -> a * b);
    return new Fans(field * shape[axes - 2], field * shape[axes - 1]);
  }

  /**
   * The axes of a parameter that stand for its inputs and its outputs.
   *
   * @param inputs empty, with the outputs, for those of a kernel
   * @param outputs counted from 0, or from −1 backwards
   */
  record Axes(List<Integer> inputs, List<Integer> outputs) {
    static final Axes OF_KERNELS = new Axes(List.of(), List.of());

    private static final String INPUTS = "input_axes";
    private static final String OUTPUTS = "output_axes";

    static Axes from(Settings settings) {
      boolean areGiven = settings.has(INPUTS) && settings.has(OUTPUTS);
      return areGiven ? new Axes(list(settings, INPUTS), list(settings, OUTPUTS)) : OF_KERNELS;
    }

    private static List<Integer> list(Settings settings, String name) {
      return Arrays.stream(settings.integers(name)).boxed().toList();
    }

    /** The config with them, where they are given. */
    Config in(Config config) {
      return equals(OF_KERNELS)
          ? config.without(INPUTS).without(OUTPUTS)
          : config.with(INPUTS, List.copyOf(inputs)).with(OUTPUTS, List.copyOf(outputs));
    }

    Fans fans(int... shape) {
      return equals(OF_KERNELS)
          ? Fans.of(shape)
          : new Fans(product(inputs, shape), product(outputs, shape));
    }

    private static double product(List<Integer> axes, int... shape) {
      double product = 1;
      for (int axis : axes) {
        int place = axis < 0 ? axis + shape.length : axis;
        if (place < 0 || place >= shape.length) {
          throw Messages.wrong(
              "VarianceScaling expects axes of a weight %s but the file says %d: count them from 0.",
              Arrays.toString(shape), axis);
        }
        product *= shape[place];
      }
      return product;
    }
  }
}
