package org.lossbook.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.WorkedSteps;
import org.lossbook.optimizer.schedule.ScheduleSymbols;
import org.lossbook.plot.explorer.Data;

/**
 * The equations of an optimizer in JavaScript, for {@code walk.js}: a number for each symbol, and a
 * function of all of them for each equation.
 *
 * @hidden
 */
@Internal
public final class RuleScript {
  private final BaseOptimizer<?> optimizer;
  private final UpdateRule rule;

  /** The symbols in the order of the functions' arguments, with their first numbers. */
  private final Map<Expr, Double> symbols = new LinkedHashMap<>();

  private final List<Data> whole = new ArrayList<>();

  private RuleScript(BaseOptimizer<?> optimizer) {
    this.optimizer = optimizer;
    rule = optimizer.formula();
    for (Expr each : List.of(ScheduleSymbols.T, Symbols.G, Symbols.SUM_OF_GRADIENTS, Symbols.W)) {
      symbols.put(each, 0.0);
    }
    rule.constants().forEach(each -> symbols.put(each.symbol(), each.value()));
    for (UpdateRule.Equation equation : rule.equations()) {
      WorkedSteps.names(equation.right()).forEach(symbols::putIfAbsent);
      WorkedSteps.names(equation.symbol()).forEach(symbols::putIfAbsent);
    }
    List.copyOf(symbols.keySet()).forEach(this::addWhole);
  }

  /**
   * What the script is given of an optimizer.
   *
   * @param name shown beside its path
   * @param steps as many as its path has
   * @throws IllegalArgumentException where its rule cannot be written as formulas of one number
   */
  public static Data of(String name, Optimizer optimizer, int steps) {
    boolean isFormula =
        optimizer instanceof BaseOptimizer<?> base
            && base.averaging().filter(each -> each.overwriteFrequency().isPresent()).isEmpty();
    if (!isFormula) {
      throw Messages.wrong(
          "explore expects an optimizer whose rule is a formula of each number but receives %s: plot() shows its path.",
          optimizer);
    }
    // What is not a matrix moves as with AdamW: here each variable is a number of its own.
    return optimizer instanceof Muon muon
        ? new RuleScript(muon.forNumbers()).data(name + ", for single numbers AdamW", steps)
        : new RuleScript((BaseOptimizer<?>) optimizer).data(name, steps);
  }

  private int at(Expr symbol) {
    return List.copyOf(symbols.keySet()).indexOf(symbol);
  }

  /**
   * A norm or a mean, which, except where gradients are clipped, for a parameter of one number is
   * its size, or itself.
   */
  private void addWhole(Expr symbol) {
    WholeSymbol.of(symbol, List.copyOf(symbols.keySet()))
        .ifPresent(
            whole ->
                whole(
                    symbol,
                    whole.of(),
                    switch (whole.kind()) {
                      case NORM, ROOT_MEAN_SQUARE -> "size";
                      case CLIPPED_NORM -> "all";
                      default -> "same";
                    }));
  }

  private void whole(Expr symbol, Expr of, String kind) {
    symbols.putIfAbsent(of, 0.0);
    whole.add(new Data().with("at", at(symbol)).with("of", at(of)).with("kind", kind));
  }

  /** The rates of a schedule without a formula, update by update; empty where there is none. */
  private double[] rates(int steps) {
    int every = optimizer.accumulation();
    return symbols.containsKey(ScheduleSymbols.OWN_SCHEDULE)
        ? IntStream.rangeClosed(1, steps / every)
            .mapToDouble(t -> optimizer.schedule().orElseThrow().at((long) t * every - 1))
            .toArray()
        : new double[0];
  }

  private Data data(String name, int steps) {
    Map<Expr, Expr> places = new HashMap<>();
    List<Expr> inputs = new ArrayList<>();
    symbols.forEach(
        (symbol, first) -> {
          Expr place = Expr.parameter("s" + inputs.size(), "s", first);
          places.put(symbol, place);
          inputs.add(place);
        });
    List<Data> equations =
        rule.equations().stream()
            .filter(equation -> equation.symbol() != Symbols.AVERAGE)
            .map(
                equation ->
                    new Data()
                        .with("at", at(equation.symbol()))
                        .withFunction(
                            "f", JavaScript.of(1, inputs, equation.right().substituted(places))))
            .toList();
    return new Data()
        .with("name", name)
        .with("every", optimizer.accumulation())
        .with("t", at(ScheduleSymbols.T))
        .with("g", at(Symbols.G))
        .with("sum", at(Symbols.SUM_OF_GRADIENTS))
        .with("w", at(Symbols.W))
        .with("rate", at(ScheduleSymbols.OWN_SCHEDULE)) // -1 where there is none
        .with("rates", rates(steps))
        .with("first", List.copyOf(symbols.values()))
        .withAll("whole", whole)
        .withAll("settings", settings())
        .withAll("equations", equations);
  }

  /** A slider for the learning rate, and for each share that is kept. */
  private List<Data> settings() {
    List<Data> settings = new ArrayList<>();
    for (UpdateRule.Constant constant : rule.constants()) {
      Optional<Double> highest =
          constant.symbol().equals(ScheduleSymbols.RATE)
              ? Optional.of(Math.max(4 * constant.value(), Math.min(1, 100 * constant.value())))
              : List.of("μ", "β₁", "β₂", "ρ").contains(constant.symbol().toString())
                  ? Optional.of(0.999)
                  : Optional.empty();
      highest.ifPresent(
          high ->
              settings.add(
                  new Data()
                      .with("name", spoken(constant.symbol()))
                      .with("symbol", at(constant.symbol()))
                      .with("low", constant.symbol().equals(ScheduleSymbols.RATE) ? high / 1000 : 0)
                      .with("high", high)
                      .with("step", high / 1000)
                      .with("first", constant.value())));
    }
    return settings;
  }

  private static String spoken(Expr symbol) {
    String text = symbol.toString();
    return text.equals("η")
        ? "learning rate η"
        : text.equals("μ") ? "momentum μ" : text.startsWith("β") ? text + ", what is kept" : text;
  }
}
