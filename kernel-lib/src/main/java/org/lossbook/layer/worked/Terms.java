package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.formula.Numbers;

/** A sum of products, as it is written: {@code 0·0 + 1·1 + 3·2 + 4·3}. */
final class Terms {
  /** So many terms are written. */
  private static final int MOST = 12;

  private final List<String> written = new ArrayList<>();
  private final int most;
  private int count;
  private double sum;

  Terms() {
    this(MOST);
  }

  private Terms(int most) {
    this.most = most;
  }

  /** A sum that nobody reads: numbers take longer to write than to add. */
  static Terms unwritten() {
    return new Terms(0);
  }

  void product(double a, double b) {
    if (written.size() < most) {
      written.add(text(a, written.isEmpty()) + "·" + text(b, false));
    }
    add(a * b);
  }

  void number(double a) {
    if (written.size() < most) {
      written.add(text(a, written.isEmpty()));
    }
    add(a);
  }

  private void add(double value) {
    count++;
    sum += value;
  }

  double sum() {
    return sum;
  }

  /** A number, in parentheses where a sign before it would follow another. */
  static String text(double number, boolean isFirst) {
    String text = Numbers.text(number);
    return number < 0 && !isFirst ? "(" + text + ")" : text;
  }

  @Override
  public String toString() {
    return written.isEmpty()
        ? "0"
        : String.join(" + ", written) + (count > MOST ? " + … (" + count + " terms)" : "");
  }
}
