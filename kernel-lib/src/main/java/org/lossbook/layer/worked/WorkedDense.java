package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.formula.Numbers;

/**
 * A dense layer: each output is the sum of its inputs times their weights, and a bias.
 *
 * @hidden
 */
@Internal
public final class WorkedDense {
  private WorkedDense() {}

  /**
   * @param x rows of inputs
   * @param kernel {@code [inputs, units]}
   */
  public static LayerSteps of(
      String title, Values x, Values kernel, Optional<Values> bias, Activation activation) {
    int inputs = kernel.shape()[0];
    int units = kernel.shape()[1];
    int rows = x.size() / inputs;
    double[] before = new double[rows * units];
    List<String> written = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        var terms = new Terms();
        for (int i = 0; i < inputs; i++) {
          terms.product(x.get(r * inputs + i), kernel.get(i * units + u));
        }
        int unit = u;
        bias.ifPresent(each -> terms.number(each.get(unit)));
        before[r * units + u] = terms.sum();
        written.add(terms.toString());
      }
    }
    int[] shape = x.shape();
    int[] result = shape.length == 0 ? new int[] {units} : shape.clone();
    result[result.length - 1] = units;
    return ended(title, List.of(), names(rows, units), written, before, units, activation, result);
  }

  private static List<String> names(int rows, int units) {
    List<String> names = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        names.add(rows == 1 ? "y" + Numbers.subscript(Integer.toString(u + 1)) : r + ", " + u);
      }
    }
    return names;
  }

  /** The lines with what the activation function makes of each sum. */
  static LayerSteps ended(
      String title,
      List<Grid> grids,
      List<String> names,
      List<String> written,
      double[] before,
      int width,
      Activation activation,
      int... shape) {
    double[] after = Ended.values(activation, before, width);
    List<List<String>> lines = new ArrayList<>();
    for (int i = 0; i < before.length; i++) {
      lines.add(line(names.get(i), written.get(i), before[i], activation, after[i]));
    }
    return new LayerSteps(title, grids, lines, Values.of(after, shape));
  }

  /** A sum, and what the activation function makes of it. */
  static List<String> line(
      String name, String written, double before, Activation activation, double after) {
    String steps = written;
    if (!Ended.isLinear(activation)) {
      String sum = Numbers.text(before);
      steps = (steps.equals(sum) ? "" : steps + " = ") + sum + ", " + activation.kerasName();
    }
    return List.of(name, steps, Numbers.text(after));
  }
}
