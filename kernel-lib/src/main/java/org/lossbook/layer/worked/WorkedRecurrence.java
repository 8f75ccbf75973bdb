package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.formula.Numbers;

/**
 * A recurrent layer that reads a short sequence: at each step the sums of its gates, what they
 * become, and the states that the next step begins with.
 *
 * @hidden
 */
@Internal
public final class WorkedRecurrence {
  /** So many lines are shown: four steps of one LSTM unit, and the dots. */
  private static final int LINES = 28;

  /** In the place of a line that is not shown. */
  private static final List<String> UNSEEN = List.of("", "", "");

  private final Values x;
  private final Values kernel;
  private final Values recurrentKernel;
  private final Optional<Values> bias;
  private final Activation function;
  private final Activation gates;
  private final int features;
  private final int units;
  private final List<List<String>> lines = new ArrayList<>();
  private int step;
  private double[] h;
  private double[] c;

  /** How a layer goes on from one step to the next. */
  @FunctionalInterface
  private interface Next {
    void step(WorkedRecurrence worked);
  }

  /**
   * Starts with states of zero.
   *
   * @param x {@code [steps, features]}
   * @param kernel {@code [features, parts · units]}
   * @param recurrentKernel {@code [units, parts · units]}
   * @param bias {@code [parts · units]}, or two rows of them where the state has its own
   * @param function of candidates and outputs
   */
  public WorkedRecurrence(
      Values x,
      Values kernel,
      Values recurrentKernel,
      Optional<Values> bias,
      Activation function,
      Activation gates) {
    this.x = x;
    this.kernel = kernel;
    this.recurrentKernel = recurrentKernel;
    this.bias = bias;
    this.function = function;
    this.gates = gates;
    features = kernel.shape()[0];
    units = recurrentKernel.shape()[0];
    h = new double[units];
    c = new double[units];
  }

  /** One state, which is the output. */
  public LayerSteps simple(String title, boolean isBackwards, boolean givesAll) {
    return run(title, isBackwards, givesAll, WorkedRecurrence::simple);
  }

  /** The gates i, f and o, the candidate c̃, and the states c and h. */
  public LayerSteps lstm(String title, boolean isBackwards, boolean givesAll) {
    return run(title, isBackwards, givesAll, WorkedRecurrence::lstm);
  }

  /** The gates z and r, the candidate h̃, and the state h. */
  public LayerSteps gru(String title, boolean resetAfter, boolean isBackwards, boolean givesAll) {
    return run(title, isBackwards, givesAll, worked -> worked.gru(resetAfter));
  }

  private LayerSteps run(String title, boolean isBackwards, boolean givesAll, Next next) {
    int steps = x.size() / features;
    double[] all = new double[steps * units];
    for (int t = 0; t < steps; t++) {
      step = isBackwards ? steps - 1 - t : t;
      next.step(this);
      System.arraycopy(h, 0, all, t * units, units);
    }
    Values result = givesAll ? Values.of(all, steps, units) : Values.of(h, units);
    return new LayerSteps(title, List.of(), lines, LINES, result);
  }

  private void simple() {
    h = applied("h", function, sums(0));
  }

  private void lstm() {
    double[] before = c;
    double[] write = applied("i", gates, sums(0));
    double[] keep = applied("f", gates, sums(1));
    double[] candidate = applied("c̃", function, sums(2));
    double[] read = applied("o", gates, sums(3));
    c = new double[units];
    for (int u = 0; u < units; u++) {
      var terms = terms();
      terms.product(keep[u], before[u]);
      terms.product(write[u], candidate[u]);
      c[u] = terms.sum();
      line("c", u, terms::toString, c[u]);
    }
    double[] shown = Ended.values(function, c, units);
    h = new double[units];
    for (int u = 0; u < units; u++) {
      h[u] = read[u] * shown[u];
      double memory = c[u];
      double gate = read[u];
      double seen = shown[u];
      line("h", u, () -> read(gate, memory, seen), h[u]);
    }
  }

  /** The gate o times the function of the memory. */
  private String read(double gate, double memory, double seen) {
    String first = Terms.text(gate, true) + "·";
    String last = first + Terms.text(seen, false);
    return Ended.isLinear(function)
        ? last
        : first + call(function, Numbers.text(memory)) + " = " + last;
  }

  private void gru(boolean resetAfter) {
    double[] before = h;
    double[] update = applied("z", gates, sums(0));
    double[] reset = applied("r", gates, sums(1));
    double[] candidate = applied("h̃", function, resetAfter ? resetAfter(reset) : reset(reset));
    h = new double[units];
    for (int u = 0; u < units; u++) {
      var terms = terms();
      terms.product(update[u], before[u]);
      terms.product(1 - update[u], candidate[u]);
      h[u] = terms.sum();
      double kept = update[u];
      double old = before[u];
      double made = candidate[u];
      line("h", u, () -> mixed(kept, old, made), h[u]);
    }
  }

  /** The share z of the old state and the rest of the new one. */
  private static String mixed(double kept, double old, double made) {
    return Terms.text(kept, true)
        + "·"
        + Terms.text(old, false)
        + " + (1 − "
        + Numbers.text(kept)
        + ")·"
        + Terms.text(made, false);
  }

  /** A long sequence has far more lines than are shown: only these are written. */
  private boolean isShown() {
    return lines.size() < LINES;
  }

  private Terms terms() {
    return isShown() ? new Terms() : Terms.unwritten();
  }

  /** A sum of products as it is written. */
  private record Sum(String written, double value) {
    static Sum of(Terms terms) {
      return new Sum(terms.toString(), terms.sum());
    }
  }

  /** For each unit, what a part of the weights makes of the input and the state. */
  private List<Sum> sums(int part) {
    return eachUnit(
        column -> {
          var terms = terms();
          addInput(terms, column, part);
          addState(terms, column, part, h);
          addBiases(terms, column, part);
          return Sum.of(terms);
        });
  }

  /** The reset gate acts on the state before it is multiplied. */
  private List<Sum> reset(double[] reset) {
    double[] kept = new double[units];
    Arrays.setAll(kept, u -> reset[u] * h[u]);
    return eachUnit(
        column -> {
          var terms = terms();
          addInput(terms, column, 2);
          addState(terms, column, 2, kept);
          addBiases(terms, column, 2);
          return Sum.of(terms);
        });
  }

  /** The reset gate acts on what the recurrent kernel makes of the state, with its bias. */
  private List<Sum> resetAfter(double[] reset) {
    return eachUnit(
        column -> {
          var input = terms();
          addInput(input, column, 2);
          addBias(input, column, 2, 0);
          var state = terms();
          addState(state, column, 2, h);
          addBias(state, column, 2, 1);
          double value = input.sum() + reset[column] * state.sum();
          return isShown()
              ? new Sum(
                  input + " + " + Terms.text(reset[column], false) + "·(" + state + ")", value)
              : new Sum("", value);
        });
  }

  private List<Sum> eachUnit(IntFunction<Sum> sum) {
    return IntStream.range(0, units).mapToObj(sum).toList();
  }

  private int width() {
    return kernel.shape()[1];
  }

  private void addInput(Terms terms, int unit, int part) {
    for (int i = 0; i < features; i++) {
      int weight = i * width() + part * units + unit;
      terms.product(x.get(step * features + i), kernel.get(weight));
    }
  }

  private void addState(Terms terms, int unit, int part, double[] state) {
    for (int j = 0; j < units; j++) {
      terms.product(state[j], recurrentKernel.get(j * width() + part * units + unit));
    }
  }

  /** All rows of the bias. */
  private void addBiases(Terms terms, int unit, int part) {
    int rows = bias.map(numbers -> numbers.size() / width()).orElse(0);
    for (int row = 0; row < rows; row++) {
      addBias(terms, unit, part, row);
    }
  }

  private void addBias(Terms terms, int unit, int part, int row) {
    bias.ifPresent(numbers -> terms.number(numbers.get(row * width() + part * units + unit)));
  }

  /** What a function makes of the sums, with a line for each unit. */
  private double[] applied(String letter, Activation function, List<Sum> sums) {
    double[] before = sums.stream().mapToDouble(Sum::value).toArray();
    double[] after = Ended.values(function, before, units);
    for (int u = 0; u < units; u++) {
      String written = sums.get(u).written;
      double sum = before[u];
      line(letter, u, () -> applied(function, written, sum), after[u]);
    }
    return after;
  }

  private static String applied(Activation function, String written, double value) {
    if (Ended.isLinear(function)) {
      return written;
    }
    String sum = Numbers.text(value);
    return call(function, written) + (written.equals(sum) ? "" : " = " + call(function, sum));
  }

  private void line(String letter, int unit, Supplier<String> steps, double value) {
    if (!isShown()) {
      lines.add(UNSEEN);
      return;
    }
    String name = letter + Numbers.subscript(Integer.toString(step + 1));
    String whose = units == 1 ? name : name + ", unit " + (unit + 1);
    lines.add(List.of(whose, steps.get(), Numbers.text(value)));
  }

  private static String call(Activation function, String argument) {
    String name = function.equals(Activation.SIGMOID) ? "σ" : function.kerasName();
    return name + "(" + argument + ")";
  }
}
