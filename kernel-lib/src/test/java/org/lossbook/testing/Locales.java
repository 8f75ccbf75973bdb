package org.lossbook.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Machines of other countries: their commas, their capital I, their digits. */
public final class Locales {
  private static final List<String> TAGS =
      List.of("de-DE", "tr-TR", "fa-IR-u-nu-arabext", "th-TH-u-nu-thai");

  private Locales() {}

  /** Expects the same texts on all of them as in English. */
  public static void sameInEvery(Supplier<List<String>> texts) {
    List<String> english = in("en-US", texts);
    for (String tag : TAGS) {
      List<String> there = in(tag, texts);
      assertThat(there).as(tag).hasSameSizeAs(english);
      for (int i = 0; i < english.size(); i++) {
        assertThat(there.get(i)).as(tag).isEqualTo(english.get(i));
      }
    }
  }

  private static List<String> in(String tag, Supplier<List<String>> texts) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      return texts.get();
    } finally {
      Locale.setDefault(before);
    }
  }
}
