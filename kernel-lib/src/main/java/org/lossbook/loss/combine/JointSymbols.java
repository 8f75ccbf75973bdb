package org.lossbook.loss.combine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Setting;

/**
 * The settings of several losses in one formula. A letter that more than one of them has gets an
 * index: δ₁ and δ₂ of two Huber losses are two numbers.
 *
 * @param each the settings of each loss, by the letters they have here
 * @param names from a loss's own letter to the one here, a map for each loss
 */
record JointSymbols(List<List<Setting>> each, List<Map<Expr, Expr>> names) {
  static JointSymbols of(List<LossSpec> losses) {
    List<List<Setting>> each =
        IntStream.range(0, losses.size()).mapToObj(i -> indexed(losses, i)).toList();
    List<Map<Expr, Expr>> names =
        IntStream.range(0, losses.size())
            .mapToObj(i -> renamed(losses.get(i).settings(), each.get(i)))
            .toList();
    return new JointSymbols(each, names);
  }

  /** The settings of loss {@code i}, counted among those losses that have the same letter. */
  private static List<Setting> indexed(List<LossSpec> losses, int i) {
    return losses.get(i).settings().stream()
        .map(
            setting -> {
              long all = count(losses, setting);
              long before = count(losses.subList(0, i), setting);
              return all == 1 ? setting : setting.indexed((int) before + 1);
            })
        .toList();
  }

  private static long count(List<LossSpec> losses, Setting setting) {
    return losses.stream()
        .flatMap(loss -> loss.settings().stream())
        .filter(other -> other.text().equals(setting.text()))
        .count();
  }

  private static Map<Expr, Expr> renamed(List<Setting> from, List<Setting> to) {
    Map<Expr, Expr> names = new HashMap<>();
    for (int i = 0; i < from.size(); i++) {
      names.put(from.get(i).expr(), to.get(i).expr());
    }
    return names;
  }

  List<Setting> all() {
    return each.stream().flatMap(List::stream).toList();
  }

  /** What loss {@code i} says, in the letters that hold here. */
  Expr of(int i, Expr said) {
    return names.get(i).isEmpty() ? said : said.substituted(names.get(i));
  }
}
