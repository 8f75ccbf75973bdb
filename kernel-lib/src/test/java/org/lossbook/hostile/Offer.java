package org.lossbook.hostile;

import java.util.function.Supplier;

/**
 * An argument for a call.
 *
 * @param text as it stands in a report: {@code Integer.MAX_VALUE}
 * @param value makes it, anew for each call where it has state
 */
record Offer(String text, Supplier<?> value) {
  static Offer of(String text, Object value) {
    return new Offer(text, () -> value);
  }

  static Offer of(Object value) {
    return of(String.valueOf(value), value);
  }
}
