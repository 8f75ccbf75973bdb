package org.lossbook.listing;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a listing came to, beside what it is to come to.
 *
 * @param what was measured
 * @param bound {@code reached} is at least this, or at most
 */
public record Result(String what, double reached, boolean atLeast, double bound) {
  static Result atLeast(String what, double bound, double reached) {
    return new Result(what, reached, true, bound);
  }

  static Result atMost(String what, double bound, double reached) {
    return new Result(what, reached, false, bound);
  }

  /** Whether it is as stated; no number is not. */
  public boolean isReached() {
    return atLeast ? reached >= bound : reached <= bound;
  }

  /** {@code test accuracy ≥ 0.985}. */
  public String stated() {
    var digits = new BigDecimal(bound).round(new MathContext(5)).stripTrailingZeros();
    return "%s %s %s".formatted(what, atLeast ? "≥" : "≤", digits);
  }

  @Override
  public String toString() {
    return "%s: %.4f".formatted(stated(), reached);
  }
}
