package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.data.Values;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.formula.WorkedSteps;

/**
 * What works on several numbers together: softmax and normalizations.
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

  /** The numbers of each row less their mean, divided by their deviation. */
  public static LayerSteps ofRows(String title, Values x, double epsilon) {
    int width = width(x);
    List<List<String>> lines = new ArrayList<>();
    double[] result = new double[x.size()];
    for (int from = 0; from < result.length; from += width) {
      int[] places = new int[width];
      int start = from;
      Arrays.setAll(places, i -> start + i);
      normalize(
          x,
          places,
          epsilon,
          from == 0 && width == result.length ? "" : "row " + from / width + ", ",
          lines,
          result);
    }
    return new LayerSteps(title, List.of(), lines, Values.of(result, shape(x)));
  }

  /** The numbers of each column, over the batch. */
  public static LayerSteps ofColumns(String title, Values x, double epsilon) {
    int width = width(x);
    List<List<String>> lines = new ArrayList<>();
    double[] result = new double[x.size()];
    for (int c = 0; c < width; c++) {
      int[] places = new int[result.length / width];
      int column = c;
      Arrays.setAll(places, i -> i * width + column);
      normalize(x, places, epsilon, width == 1 ? "" : "column " + c + ", ", lines, result);
    }
    return new LayerSteps(title, List.of(), lines, Values.of(result, shape(x)));
  }

  private static void normalize(
      Values x,
      int[] places,
      double epsilon,
      String whose,
      List<List<String>> lines,
      double[] result) {
    var sum = new Terms();
    for (int place : places) {
      sum.number(x.get(place));
    }
    double mean = sum.sum() / places.length;
    var squares = new Terms();
    String meant = Terms.text(mean, false);
    List<String> written = new ArrayList<>();
    for (int place : places) {
      double difference = x.get(place) - mean;
      squares.number(difference * difference);
      if (written.size() < 8) {
        written.add("(" + Numbers.text(x.get(place)) + " − " + meant + ")²");
      }
    }
    double variance = squares.sum() / places.length;
    double deviation = Math.sqrt(variance + epsilon);
    String more = places.length > written.size() ? " + …" : "";
    lines.add(List.of(whose + "mean", "(" + sum + ")/" + places.length, Numbers.text(mean)));
    lines.add(
        List.of(
            "variance",
            "(" + String.join(" + ", written) + more + ")/" + places.length,
            Numbers.text(variance)));
    lines.add(
        List.of(
            "deviation",
            "√(" + Numbers.text(variance) + " + " + Numbers.text(epsilon) + ")",
            Numbers.text(deviation)));
    for (int i = 0; i < places.length; i++) {
      double number = x.get(places[i]);
      result[places[i]] = (number - mean) / deviation;
      lines.add(
          List.of(
              "y" + Numbers.subscript(Integer.toString(i + 1)),
              "(" + Numbers.text(number) + " − " + meant + ")/" + Numbers.text(deviation),
              Numbers.text(result[places[i]])));
    }
  }

  private static String name(int i, int from, int width, String letter) {
    String index = Integer.toString(i - from + 1);
    String row = from == 0 ? "" : String.format(Locale.ROOT, "row %d, ", from / width);
    return row + letter + Numbers.subscript(index);
  }

  private static int width(Values x) {
    int[] shape = x.shape();
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  private static int[] shape(Values x) {
    return x.rank() == 0 ? new int[] {1} : x.shape();
  }
}
