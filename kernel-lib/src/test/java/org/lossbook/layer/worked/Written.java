package org.lossbook.layer.worked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;

/** Reads arithmetic as worked steps write it: {@code 0·0 + 1·(−2), √(3 + 1), e^(2)/(1 + 2)}. */
final class Written {
  private final String text;
  private int next;

  private Written(String text) {
    this.text = text.replace(" ", "");
  }

  /** Holds each line's arithmetic, as far as it is written in full, to the number at its end. */
  static int requireRight(LayerSteps steps) {
    int held = 0;
    for (List<String> line : steps.lines()) {
      String all = line.get(1);
      for (String part : all.replaceAll(", [a-z]+$", "").split(" = ")) {
        if (part.replace("tanh", "").matches(".*[…a-df-zA-Zα-ω:,].*") && !part.startsWith("max(")) {
          continue;
        }
        boolean isBeforeFunction = all.matches(".*, [a-z]+$");
        double wanted =
            isBeforeFunction
                ? value(all.replaceAll(", [a-z]+$", "").replaceAll("^.* = ", ""))
                : value(line.get(2));
        assertThat(value(part))
            .as("%s", line)
            .isCloseTo(wanted, within(2e-4 * (1 + Math.abs(wanted))));
        held++;
      }
    }
    return held;
  }

  static double value(String text) {
    var written = new Written(text);
    double value = written.sum();
    assertThat(written.next).as("what is read of %s", text).isEqualTo(written.text.length());
    return value;
  }

  private boolean takes(String token) {
    boolean isNext = text.startsWith(token, next);
    next += isNext ? token.length() : 0;
    return isNext;
  }

  private double sum() {
    double sum = product();
    while (true) {
      if (takes("+")) {
        sum += product();
      } else if (takes("−")) {
        sum -= product();
      } else {
        return sum;
      }
    }
  }

  private double product() {
    double product = power();
    while (true) {
      if (takes("·")) {
        product *= power();
      } else if (takes("/")) {
        product /= power();
      } else {
        return product;
      }
    }
  }

  private double power() {
    double base = atom();
    return takes("²") ? base * base : base;
  }

  private double atom() {
    if (takes("−")) {
      return -power();
    }
    if (takes("√")) {
      return Math.sqrt(atom());
    }
    if (takes("e^")) {
      return Math.exp(atom());
    }
    if (takes("max")) {
      return arguments().stream().max(Double::compare).orElseThrow();
    }
    if (takes("tanh")) {
      return Math.tanh(arguments().get(0));
    }
    if (takes("(")) {
      double inner = sum();
      assertThat(takes(")")).as("a parenthesis closes in %s at %d", text, next).isTrue();
      return inner;
    }
    int from = next;
    while (next < text.length() && "0123456789.e".indexOf(text.charAt(next)) >= 0
        || next > from && next < text.length() && text.charAt(next) == '-') {
      next++;
    }
    return Double.parseDouble(text.substring(from, next));
  }

  private List<Double> arguments() {
    assertThat(takes("(")).isTrue();
    List<Double> all = new ArrayList<>(List.of(sum()));
    while (takes(",")) {
      all.add(sum());
    }
    assertThat(takes(")")).isTrue();
    return all;
  }
}
