package org.lossbook.layer.text;

import java.util.Comparator;
import java.util.List;

/** Texts by their code points, as Keras reads them in UTF-8. */
final class CodePoints {
  /** The order of their bytes in UTF-8. */
  static final Comparator<String> ORDER = CodePoints::compare;

  private CodePoints() {}

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Surrogates stand for characters behind all others. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
  }

  /** Each character as a text of its own. */
  static List<String> of(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }
}
