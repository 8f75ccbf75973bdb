package org.lossbook.base;

import java.util.Locale;
import org.lossbook.Internal;

/**
 * Formatted messages, independent of the machine's locale.
 *
 * @hidden
 */
@Internal
public final class Messages {
  private Messages() {}

  /** A message; the format is that of {@link String#format}. */
  public static String of(String format, Object... parts) {
    return String.format(Locale.ROOT, format, parts);
  }

  /** The exception for a wrong argument, with that message. */
  public static IllegalArgumentException wrong(String format, Object... parts) {
    return new IllegalArgumentException(of(format, parts));
  }

  /** {@code 4 of 6 batches}, or {@code 4 batches} where {@code all} is 0: unknown. */
  public static String batches(int done, int all) {
    return all == 0 ? of("%,d batches", done) : of("%,d of %,d batches", done, all);
  }
}
