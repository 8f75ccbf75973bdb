package org.lossbook.model;

import java.util.Locale;

/** Sentences with numbers in them, which read alike whatever the machine's language. */
final class Say {
  private Say() {}

  static String of(String format, Object... parts) {
    return String.format(Locale.ROOT, format, parts);
  }
}
