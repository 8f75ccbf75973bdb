package org.lossbook.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.formula.Shape;
import org.lossbook.formula.WorkedSteps;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;
import org.lossbook.optimizer.schedule.Schedule;
import org.lossbook.optimizer.schedule.ScheduleSymbols;

/**
 * Carries out the equations of an {@link UpdateRule} in doubles, for each weight of one parameter,
 * and writes down how.
 */
final class UpdateSteps {
  /** Of so many weights the lines are shown. */
  private static final int WEIGHTS = 4;

  /** So many rows of the table of steps are shown. */
  private static final int ROWS = 40;

  private final String name;
  private final String written;
  private final UpdateRule rule;
  private final int accumulation;
  private final Optional<Schedule> schedule;
  private final Optional<WeightAverage> averaging;
  private final BiFunction<Integer, Integer, NewtonSchulz> orthogonalizer;
  private int[] shape = {};
  private int count;

  /** What each symbol stands for now, a number for each weight. */
  private final Map<Expr, double[]> numbers = new HashMap<>();

  /** The lines of a step, of each weight that is shown. */
  private final List<List<List<String>>> ofWeights = new ArrayList<>();

  private final List<List<String>> lines = new ArrayList<>();
  private final List<List<String>> steps = new ArrayList<>();
  private final Set<Expr> columns = new LinkedHashSet<>();

  /**
   * @param written the optimizer as it is written in code
   * @param orthogonalizer makes matrices of so many rows and columns orthogonal
   */
  UpdateSteps(
      String name,
      String written,
      UpdateRule rule,
      int accumulation,
      Optional<Schedule> schedule,
      Optional<WeightAverage> averaging,
      BiFunction<Integer, Integer, NewtonSchulz> orthogonalizer) {
    this.name = name;
    this.written = written;
    this.rule = rule;
    this.accumulation = accumulation;
    this.schedule = schedule;
    this.averaging = averaging;
    this.orthogonalizer = orthogonalizer;
  }

  /** Carries out a step for each gradient; once. */
  StepExplanation explain(Object weights, Object... gradients) {
    String who = name + "().explain";
    Values start = Values.of(who, weights);
    List<double[]> each = new ArrayList<>();
    for (Object gradient : gradients) {
      Values given = Values.of(who, gradient);
      if (!Arrays.equals(given.shape(), start.shape())) {
        throw Messages.wrong(
            "%s expects gradients of the weights' shape %s but receives one of shape %s: give each weight its gradient.",
            who, Arrays.toString(start.shape()), Arrays.toString(given.shape()));
      }
      each.add(given.toDoubles());
    }
    if (each.size() < accumulation) {
      throw Messages.wrong(
          "%s expects %d gradients for a step, which it adds up, but receives %d: explain(weights, first, second) has two.",
          who, accumulation, each.size());
    }
    begin(start);
    return all(each);
  }

  private void begin(Values weights) {
    shape = weights.shape();
    count = weights.size();
    for (UpdateRule.Constant constant : rule.constants()) {
      numbers.put(constant.symbol(), all(constant.value()));
    }
    numbers.put(Symbols.W, weights.toDoubles());
    columns.add(Symbols.G);
    rule.equations().forEach(equation -> columns.add(equation.symbol()));
    columns.remove(Symbols.W);
    for (int i = 0; i < Math.min(count, WEIGHTS); i++) {
      ofWeights.add(new ArrayList<>());
    }
  }

  private StepExplanation all(List<double[]> gradients) {
    int updates = gradients.size() / accumulation;
    double[] sum = all(0);
    for (int given = 1; given <= updates * accumulation; given++) {
      double[] gradient = gradients.get(given - 1);
      Arrays.setAll(sum, i -> sum[i] + gradient[i]);
      boolean moves = given % accumulation == 0;
      if (moves) {
        begin(given / accumulation, sum.clone());
        Arrays.fill(sum, 0);
      }
      average((given - 1L) / accumulation);
      if (moves) {
        end(given / accumulation);
      }
    }
    return new StepExplanation(
        new TextTable(
            written + ", step 1",
            List.of(Column.words("weight"), Column.words(""), Column.words(""), Column.numbers("")),
            lines,
            more(count, WEIGHTS, "weights")),
        updates == 1 ? Optional.empty() : Optional.of(table(updates)),
        numbers.get(Symbols.W));
  }

  private static List<String> more(int count, int shown, String of) {
    return count <= shown ? List.of() : List.of(Messages.of("and %,d more %s", count - shown, of));
  }

  private TextTable table(int updates) {
    List<Column> head = new ArrayList<>(List.of(Column.numbers("step")));
    if (count > 1) {
      head.add(Column.words("weight"));
    }
    columns.forEach(symbol -> head.add(Column.numbers(symbol.toString())));
    head.add(Column.numbers("new w"));
    return new TextTable(
        updates + " steps", head, steps, more(updates * count, steps.size(), "rows"));
  }

  private void begin(int step, double[] gradient) {
    numbers.put(ScheduleSymbols.T, all(step));
    numbers.put(Symbols.SUM_OF_GRADIENTS, gradient);
    numbers.put(Symbols.G, gradient);
    schedule.ifPresent(
        rates ->
            numbers.put(ScheduleSymbols.OWN_SCHEDULE, all(rates.at(step * accumulation - 1L))));
    ofWeights.forEach(List::clear);
    rule.equations().stream()
        .filter(equation -> equation.symbol() != Symbols.AVERAGE)
        .forEach(this::carryOut);
  }

  /**
   * The average of the weights goes on with each gradient, also with those that are only added up.
   *
   * @param updates those before: up to the second one it is the weight itself
   */
  private void average(long updates) {
    if (averaging.isPresent()) {
      if (updates == 0) {
        numbers.put(Symbols.AVERAGE, numbers.get(Symbols.W));
      } else {
        rule.equations().stream()
            .filter(equation -> equation.symbol() == Symbols.AVERAGE)
            .forEach(this::carryOut);
      }
      if (averaging.get().overwrites(updates)) {
        numbers.put(Symbols.W, numbers.get(Symbols.AVERAGE));
      }
    }
  }

  private void end(int step) {
    if (step == 1) {
      ofWeights.forEach(lines::addAll);
    }
    for (int i = 0; i < count && steps.size() < ROWS; i++) {
      steps.add(row(step, i));
    }
  }

  private List<String> row(int step, int i) {
    List<String> row = new ArrayList<>(List.of(Integer.toString(step)));
    if (count > 1) {
      row.add(name(i));
    }
    columns.forEach(symbol -> row.add(Numbers.text(numbers.get(symbol)[i])));
    row.add(Numbers.text(numbers.get(Symbols.W)[i]));
    return row;
  }

  private void carryOut(UpdateRule.Equation equation) {
    Map<Expr, Expr> variables = new LinkedHashMap<>();
    Map<Expr, double[]> given = new HashMap<>();
    WorkedSteps.names(equation.right())
        .forEach(
            (symbol, first) -> {
              double[] known = known(symbol, first);
              Expr variable = Expr.variable(symbol.toString(), symbol.latex(), Shape.ELEMENT);
              variables.put(symbol, variable);
              given.put(variable, known);
            });
    Expr right = equation.right().substituted(variables);
    var worked = new WorkedSteps(given, count, 1);
    double[] result = new double[count];
    Arrays.setAll(result, i -> worked.value(right, i));
    for (int i = 0; i < ofWeights.size(); i++) {
      List<List<String>> ofWeight = ofWeights.get(i);
      ofWeight.add(
          List.of(
              ofWeight.isEmpty() ? name(i) : "",
              equation.symbol() + (equation.goesOn() ? " ←" : " ="),
              String.join(" = ", worked.steps(right, i)),
              Numbers.text(result[i])));
    }
    numbers.put(equation.symbol(), result);
  }

  private String name(int i) {
    return count == 1 ? "w" : "w" + Numbers.subscript(Integer.toString(i + 1));
  }

  /** What a symbol stands for now; what is made of all weights together changes with them. */
  private double[] known(Expr symbol, double first) {
    if (!numbers.containsKey(symbol)) {
      Optional<WholeSymbol> whole = WholeSymbol.of(symbol, numbers.keySet());
      if (whole.isPresent()) {
        double[] of = numbers.get(whole.get().of());
        return whole.get().value(name, of, shape, orthogonalizer);
      }
      numbers.put(symbol, all(first));
    }
    return numbers.get(symbol);
  }

  private double[] all(double number) {
    return WholeSymbol.all(number, count);
  }
}
