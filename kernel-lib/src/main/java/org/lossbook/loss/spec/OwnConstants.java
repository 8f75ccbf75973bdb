package org.lossbook.loss.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Ranged;

/**
 * Constants of a loss of one's own that sliders move: {@code named("δ", 1).between(0.1, 5)}.
 *
 * @hidden
 */
@Internal
public final class OwnConstants {
  private OwnConstants() {}

  /** The loss where each constant with a range is a setting. */
  public static LossSpec asSettings(LossSpec loss) {
    Expr formula = loss.perSample();
    Map<Expr, Expr> letters = new LinkedHashMap<>();
    Map<Expr, Setting> settings = new LinkedHashMap<>();
    for (Ranged each : Ranged.in(formula)) {
      letters.put(each.whole(), each.letter());
      settings.putIfAbsent(
          each.letter(),
          Setting.number(loss.name(), each.text(), each.text(), each.latex(), each.first())
              .sliderRange(each.low(), each.high()));
    }
    if (settings.isEmpty()) {
      return loss;
    }
    Expr plain = formula.substituted(letters);
    return LossSpec.regression(
            loss.name(), (y, p) -> plain.substituted(Map.of(loss.y(), y, loss.p(), p)))
        .withSettings(List.copyOf(settings.values()));
  }
}
