package org.lossbook.loss.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Ranged;

/**
 * Constants of a formula of one's own that sliders move: {@code named("δ", 1).between(0.1, 5)}.
 *
 * @param formula where each such constant is a parameter
 * @param settings these constants
 * @hidden
 */
@Internal
public record OwnConstants(Expr formula, List<Setting> settings) {
  /**
   * A formula where each constant with a range is a setting.
   *
   * @param owner the name of what has the formula, for messages
   */
  public static OwnConstants of(String owner, Expr formula) {
    Map<Expr, Expr> letters = new LinkedHashMap<>();
    Map<Expr, Setting> settings = new LinkedHashMap<>();
    for (Ranged each : Ranged.in(formula)) {
      letters.put(each.whole(), each.letter());
      settings.putIfAbsent(
          each.letter(),
          Setting.number(owner, each.text(), each.text(), each.latex(), each.first())
              .sliderRange(each.low(), each.high()));
    }
    return new OwnConstants(
        letters.isEmpty() ? formula : formula.substituted(letters), List.copyOf(settings.values()));
  }

  /** The loss where each constant with a range is a setting. */
  public static LossSpec asSettings(LossSpec loss) {
    OwnConstants own = of(loss.name(), loss.perSample());
    if (own.settings.isEmpty()) {
      return loss;
    }
    return LossSpec.regression(
            loss.name(), (y, p) -> own.formula.substituted(Map.of(loss.y(), y, loss.p(), p)))
        .withSettings(own.settings);
  }
}
