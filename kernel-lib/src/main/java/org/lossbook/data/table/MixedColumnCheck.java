package org.lossbook.data.table;

import java.util.List;
import java.util.function.Predicate;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;

/** Refuses text columns that are mostly numbers, with a few cells that are not. */
final class MixedColumnCheck {
  private static final int FEW = 12; // up to this many numbers may be categories
  private static final int SHOWN = 3;

  /** What may accompany the digits of a number: signs, separators, currencies. */
  private static final String BESIDE =
      "[\\s\\p{Sc}%+\\-\u2212.,'\u2019()\u00a0\u2009\u202f]|(?i:eur|usd|gbp|chf)";

  private MixedColumnCheck() {}

  /**
   * Refuses many distinct texts if most of them are numbers.
   *
   * @param last a further way to fix it
   */
  static void refuse(String column, List<String> texts, String last) {
    Predicate<String> isNumber = text -> text.replaceAll(BESIDE, "").matches("\\d+([eE]\\d+)?");
    List<String> others = texts.stream().filter(isNumber.negate()).toList();
    int numbers = texts.size() - others.size();
    if (numbers <= FEW || numbers <= others.size()) {
      return;
    }
    boolean few = !others.isEmpty() && others.size() <= SHOWN;
    String beside =
        others.isEmpty()
            ? ", such as " + Shown.text(texts.get(0))
            : ", but not "
                + String.join(", ", others.stream().limit(SHOWN).map(Shown::text).toList());
    throw Messages.wrong(
        "table expects categories in %s but %d of its %d texts are numbers%s: %s, leave it out with .without(\"%s\"), or %s.",
        column,
        numbers,
        texts.size(),
        beside,
        few
            ? Messages.of("read it with csv(…, missing(\"%s\"))", String.join("\", \"", others))
            : "convert them to numbers",
        column,
        Messages.of(last, column));
  }
}
