package org.lossbook.layer.function;

import org.lossbook.engine.Bounds;
import org.lossbook.engine.ElementFunction;

/**
 * The bounds of a function's values, from its values at many numbers within the bounds of its
 * inputs; between the neighbours of the least and the greatest one the search goes on.
 */
final class FormulaBounds {
  private static final int HALF = 10_000;

  /** The largest exponent: sinh of it is beyond all floats. */
  private static final double REACH = 90;

  /** What stands for ∞ in a function's values. */
  private static final double ENDLESS = 1e38;

  private final ElementFunction.Evaluator evaluator;
  private final double[] x;
  private final double[] y;

  private FormulaBounds(ElementFunction function, Bounds within) {
    evaluator = function.evaluator(false);
    x = new double[2 * HALF + 1];
    y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double at = Math.sinh(REACH * (i - HALF) / HALF);
      x[i] = Math.max(within.low(), Math.min(within.high(), at));
    }
    evaluator.value(x, y, x.length);
  }

  static Bounds of(ElementFunction function, Bounds within) {
    FormulaBounds found = new FormulaBounds(function, within);
    double low = 0 - found.greatest(-1); // not −0
    double high = found.greatest(1);
    return low <= high ? Bounds.between(low, high) : Bounds.NONE; // some are NaN
  }

  /** The greatest value times the sign. */
  private double greatest(int sign) {
    int best = 0;
    for (int i = 0; i < y.length; i++) {
      if (Double.isNaN(y[i])) {
        return Double.NaN;
      }
      best = sign * y[i] > sign * y[best] ? i : best;
    }
    double most = sign * y[best];
    if (best > 0 && best < y.length - 1) {
      most = Math.max(most, climbed(sign, x[best - 1], x[best + 1]));
    }
    return Math.abs(most) > ENDLESS ? most * Double.POSITIVE_INFINITY : rounded(most);
  }

  /** Ternary search for the top between two numbers. */
  private double climbed(int sign, double from, double to) {
    double low = from;
    double high = to;
    for (int i = 0; i < 100; i++) {
      double third = (high - low) / 3;
      if (sign * value(low + third) < sign * value(high - third)) {
        low += third;
      } else {
        high -= third;
      }
    }
    return sign * value((low + high) / 2);
  }

  private double value(double at) {
    double[] result = new double[1];
    evaluator.value(new double[] {at}, result, 1);
    return result[0];
  }

  /** A power of e far below all floats is 0. */
  private static double rounded(double value) {
    return Math.abs(value) < Float.MIN_VALUE ? 0 : value;
  }
}
