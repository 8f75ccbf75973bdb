package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.data.Values;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.formula.WorkedSteps;

/**
 * A softmax of rows, and functions of each number.
 *
 * @hidden
 */
@Internal
public final class WorkedRows {
  private WorkedRows() {}

  /** The powers of e, their sum, and each one's share of it, row by row. */
  public static LayerSteps softmax(String title, Values x) {
    int width = width(x);
    double[] result = new double[x.size()];
    List<List<String>> lines = new ArrayList<>();
    for (int from = 0; from < result.length; from += width) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + width; i++) {
        greatest = Math.max(greatest, x.get(i));
      }
      // The same shares, and no power overflows.
      double shift = greatest > 30 ? greatest : 0;
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        result[i] = Math.exp(x.get(i) - shift);
        sum += result[i];
        String less = shift == 0 ? "" : " − " + Numbers.text(shift);
        lines.add(
            List.of(
                name(i, from, width, "e"),
                "e^(" + Numbers.text(x.get(i)) + less + ")",
                Numbers.text(result[i])));
      }
      lines.add(List.of("", "sum", Numbers.text(sum)));
      for (int i = from; i < from + width; i++) {
        double share = result[i] / sum;
        lines.add(
            List.of(
                name(i, from, width, "y"),
                Numbers.text(result[i]) + "/" + Numbers.text(sum),
                Numbers.text(share)));
        result[i] = share;
      }
    }
    return new LayerSteps(title, List.of(), lines, Values.of(result, shape(x)));
  }

  /** A formula of each number. */
  public static LayerSteps each(String title, Values x, Expr variable, Expr formula) {
    double[] result = new double[x.size()];
    List<List<String>> lines = new ArrayList<>();
    var worked = new WorkedSteps(Map.of(variable, x.toDoubles()), result.length, 1);
    for (int i = 0; i < result.length; i++) {
      result[i] = worked.value(formula, i);
      lines.add(
          List.of(
              "y" + Numbers.subscript(Integer.toString(i + 1)),
              String.join(" = ", worked.steps(formula, i)),
              Numbers.text(result[i])));
    }
    return new LayerSteps(title, List.of(), lines, Values.of(result, shape(x)));
  }

  private static String name(int i, int from, int width, String letter) {
    String index = Integer.toString(i - from + 1);
    String row = from == 0 ? "" : String.format(Locale.ROOT, "row %d, ", from / width);
    return row + letter + Numbers.subscript(index);
  }

  static int width(Values x) {
    int[] shape = x.shape();
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  static int[] shape(Values x) {
    return x.rank() == 0 ? new int[] {1} : x.shape();
  }
}
