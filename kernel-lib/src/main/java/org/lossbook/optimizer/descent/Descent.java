package org.lossbook.optimizer.descent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.RuleScript;
import org.lossbook.optimizer.schedule.OptimizerChecks;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.Data;

/**
 * Gradient descent on a formula of one or two variables: the paths of one or several optimizers, by
 * the formula's own gradient.
 *
 * <pre>{@code
 * descend(x -> x.square(), 3, sgd().learningRate(0.1)).steps(1).last()   // [2.4]
 * descend((x, y) -> x.square().plus(y.square()), vector(-2, 1), sgd(), adam()).plot()
 * }</pre>
 *
 * <p>It takes 50 steps, or as many as {@link #steps(int)} says. A cell shows the plot; {@link
 * #table()} has the numbers.
 */
public final class Descent implements Renderable {
  private static final int STEPS = 50;
  private static final int ROWS = 51;
  private static final int BYTES_A_STEP = 160; // the place, the slopes, the value

  private final DescentFunction landscape;
  private final double[] start;
  private final List<Optimizer> optimizers;
  private final List<Trajectory> walks;
  private final int steps;

  private Descent(
      DescentFunction landscape, double[] start, List<Optimizer> optimizers, int steps) {
    this.landscape = landscape;
    this.start = start;
    this.optimizers = optimizers;
    this.steps = steps;
    if (!Double.isFinite(landscape.at(start))
        || Arrays.stream(landscape.gradient()).anyMatch(g -> !Double.isFinite(g))) {
      throw Messages.wrong(
          "descend expects a start where the formula has a value and a slope but %s at %s has none: start elsewhere.",
          landscape.equation(), Arrays.toString(start));
    }
    walks =
        optimizers.stream().map(each -> landscape.walk(name(each), each, start, steps)).toList();
  }

  /**
   * Descent on a formula of one variable.
   *
   * @param f {@code x -> x.square()}
   * @throws IllegalArgumentException where there is no optimizer, or the formula has no value at
   *     the start
   */
  public static Descent descend(UnaryOperator<Expr> f, double start, Optimizer... optimizers) {
    needed("a function", f);
    return of(new DescentFunction(1, v -> f.apply(v.get(0))), new double[] {start}, optimizers);
  }

  /**
   * Descent on a formula of two variables.
   *
   * @param f {@code (x, y) -> x.square().plus(y.square())}
   * @param start {@code vector(-2, 1)}
   * @throws IllegalArgumentException where there is no optimizer, the start does not have two
   *     numbers, or the formula has no value there
   */
  public static Descent descend(BinaryOperator<Expr> f, double[] start, Optimizer... optimizers) {
    needed("a function", f);
    needed("a start", start);
    if (start.length != 2) {
      throw Messages.wrong(
          "descend expects two numbers to start from but receives %s: vector(-2, 1) is one such place.",
          Arrays.toString(start));
    }
    return of(new DescentFunction(2, v -> f.apply(v.get(0), v.get(1))), start.clone(), optimizers);
  }

  private static Descent of(DescentFunction landscape, double[] start, Optimizer... optimizers) {
    needed("optimizers", optimizers);
    Arrays.stream(optimizers).forEach(each -> needed("an optimizer", each));
    if (optimizers.length == 0) {
      throw new IllegalArgumentException(
          "descend expects an optimizer but receives none: sgd().learningRate(0.1) is one.");
    }
    return new Descent(landscape, start, List.of(optimizers), STEPS);
  }

  private static void needed(String what, Object given) {
    if (given == null) {
      throw Messages.wrong(
          "descend expects %s but receives null: descend(x -> x.square(), 3, sgd()) has all it needs.",
          what);
    }
  }

  /** The same with another number of steps; 50 by default. */
  public Descent steps(int steps) {
    OptimizerChecks.positive("descend", "steps", steps);
    Memory.heap(
        String.format(Locale.ROOT, "descend in %,d steps", steps),
        Memory.product(BYTES_A_STEP, steps, optimizers.size()),
        "take fewer steps");
    return new Descent(landscape, start, optimizers, steps);
  }

  /** The optimizer's name, with its settings where another one has the same name. */
  private String name(Optimizer optimizer) {
    boolean isAlone =
        optimizers.stream().filter(each -> each.name().equals(optimizer.name())).count() == 1;
    return isAlone
        ? optimizer.name()
        : optimizer // sgd().learningRate(0.1).nesterov() is sgd 0.1 nesterov here
            .toString()
            .replace("().", " ")
            .replace("()", "")
            .replace("learningRate(", "(")
            .replaceAll("\\(([^()]*)\\)\\.?", " $1 ")
            .replaceAll(" +", " ")
            .strip();
  }

  /**
   * Where the optimizer ended, the first one if there are several: one number for each variable.
   */
  public double[] last() {
    return walks.get(0).last().place().clone();
  }

  /** The path of each optimizer. */
  public List<Trajectory> walks() {
    return walks;
  }

  /**
   * The paths on the curve of the formula, or on a contour plot; a path that leaves the plot is cut
   * at its edge, and the title says in which step.
   */
  public Figure plot() {
    return new DescentPicture(landscape, walks).figure();
  }

  /**
   * The paths with sliders for learning rates, momentum and β, and a start to drag: it moves in the
   * page, without a kernel.
   *
   * @throws IllegalArgumentException for an optimizer whose rule is no formula of each number, such
   *     as one of your own, or one that overwrites the weights by their average
   */
  public DescentExplorer explore() {
    var picture = new DescentPicture(landscape, walks);
    List<Data> walkers =
        IntStream.range(0, walks.size())
            .mapToObj(i -> RuleScript.of(walks.get(i).name(), optimizers.get(i), steps))
            .toList();
    return new DescentExplorer(
        DescentExplorer.of(landscape, start, steps, picture.range(), walkers),
        picture.figure(),
        toString());
  }

  /**
   * The points, the formula's values and its derivatives, step by step; of a long path, at regular
   * intervals.
   */
  public TextTable table() {
    List<Column> head = new ArrayList<>();
    if (walks.size() > 1) {
      head.add(Column.words("optimizer"));
    }
    head.add(Column.numbers("step"));
    landscape.names().forEach(name -> head.add(Column.numbers(name)));
    head.add(Column.numbers("f"));
    landscape.names().forEach(name -> head.add(Column.numbers("∂f/∂" + name)));
    List<List<String>> rows = new ArrayList<>();
    for (Trajectory walk : walks) {
      int last = walk.stops().size() - 1;
      int every = Math.max(1, (last + ROWS - 2) / (ROWS - 1));
      for (Trajectory.Stop stop : walk.stops()) {
        if (stop.step() % every == 0 || stop.step() == last) {
          rows.add(row(walk, stop));
        }
      }
    }
    return new TextTable(landscape.equation(), head, rows, List.of());
  }

  private List<String> row(Trajectory walk, Trajectory.Stop stop) {
    List<String> row = new ArrayList<>();
    if (walks.size() > 1) {
      row.add(walk.name());
    }
    row.add(String.valueOf(stop.step()));
    for (double number : stop.place()) {
      row.add(Numbers.brief(number));
    }
    row.add(Numbers.brief(stop.value()));
    for (double slope : stop.gradient()) {
      row.add(Numbers.brief(slope));
    }
    return row;
  }

  @Override
  public Map<String, String> mimeBundle() {
    return plot().mimeBundle();
  }

  /**
   * One line for each optimizer: where it ended, after how many steps, and the formula's value
   * there.
   */
  @Override
  public String toString() {
    return walks.stream()
        .map(
            walk ->
                Messages.of(
                    "%s: from %s in %d steps to %s, where %s = %s",
                    walk.name(),
                    place(start),
                    walk.last().step(),
                    place(walk.last().place()),
                    "f",
                    Numbers.brief(walk.last().value())))
        .collect(Collectors.joining("\n", landscape.equation() + "\n", ""));
  }

  private static String place(double[] numbers) {
    String all = Arrays.stream(numbers).mapToObj(Numbers::brief).collect(Collectors.joining(", "));
    return numbers.length == 1 ? all : "(" + all + ")";
  }
}
