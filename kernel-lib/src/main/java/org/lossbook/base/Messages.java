package org.lossbook.base;

import java.util.Locale;
import org.lossbook.Internal;

/**
 * Sentences with numbers in them, which read alike whatever the machine's language.
 *
 * @hidden
 */
@Internal
public final class Messages {
  private Messages() {}

  /** The sentence; the format is {@link String#format}'s. */
  public static String of(String format, Object... parts) {
    return String.format(Locale.ROOT, format, parts);
  }

  /** The exception for an argument, with that sentence as its message. */
  public static IllegalArgumentException wrong(String format, Object... parts) {
    return new IllegalArgumentException(of(format, parts));
  }

  /** {@code 4 of 6 batches}, or {@code 4 batches} where {@code all} is 0: unknown. */
  public static String batches(int done, int all) {
    return all == 0 ? of("%,d batches", done) : of("%,d of %,d batches", done, all);
  }
}
