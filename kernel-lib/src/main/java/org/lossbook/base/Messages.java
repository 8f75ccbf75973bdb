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

  public static String of(String format, Object... parts) {
    return String.format(Locale.ROOT, format, parts);
  }
}
