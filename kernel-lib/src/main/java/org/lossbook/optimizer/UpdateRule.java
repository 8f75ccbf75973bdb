package org.lossbook.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lossbook.formula.Expr;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.schedule.Schedule;
import org.lossbook.optimizer.schedule.ScheduleSymbols;

/**
 * The update rule of an optimizer: the equations of one step, in order. A notebook shows them as
 * mathematics, a terminal as text. {@code w} is a weight, {@code g} its gradient, {@code t} the
 * step, counted from 1.
 *
 * @param equations in the order in which they are computed
 * @param constants the values of the symbols
 */
public record UpdateRule(List<Equation> equations, List<Constant> constants) implements Renderable {

  /**
   * One equation.
   *
   * @param symbol what is assigned
   * @param right what is computed
   * @param goesOn whether the symbol keeps a value between steps: w ← w − …, not α = …
   */
  public record Equation(Expr symbol, Expr right, boolean goesOn) {}

  /**
   * A setting.
   *
   * @param symbol its symbol
   * @param value its number
   */
  public record Constant(Expr symbol, double value) {}

  /** Copies the lists. */
  public UpdateRule {
    equations = List.copyOf(equations);
    constants = List.copyOf(constants);
  }

  /** The equations that all optimizers share, around those that {@code own} writes. */
  static UpdateRule of(BaseOptimizer<?> settings, Consumer<Sheet> own) {
    var sheet = new Sheet();
    if (settings.accumulation() > 1) {
      Expr steps = sheet.constant("k", "k", settings.accumulation());
      sheet.set(Symbols.G, Symbols.SUM_OF_GRADIENTS.over(steps));
    }
    Clipping clipping = settings.clipping();
    if (clipping.kind() != Clipping.Kind.NONE) {
      Expr limit = sheet.constant("c", "c", clipping.limit());
      sheet.set(
          Symbols.G,
          clipping.isByNorm()
              ? Symbols.G.times(limit.over(Symbols.norm(clipping.kind())).min(1))
              : Symbols.G.clip(limit.negate(), limit));
    }
    if (settings.schedule().isPresent()) {
      Schedule schedule = settings.schedule().get();
      sheet.let(
          ScheduleSymbols.RATE,
          schedule
              .formula(ScheduleSymbols.stepFromZero(settings.accumulation()))
              .orElse(ScheduleSymbols.OWN_SCHEDULE));
    } else {
      sheet.constant(ScheduleSymbols.RATE, settings.learningRate());
    }
    if (settings.weightDecay() > 0) {
      Expr decay = sheet.constant("λ", "\\lambda", settings.weightDecay());
      sheet.set(Symbols.W, Symbols.W.minus(ScheduleSymbols.RATE.times(decay).times(Symbols.W)));
    }
    own.accept(sheet);
    settings
        .averaging()
        .ifPresent(
            average -> {
              Expr share = sheet.constant("a", "a", average.momentum());
              sheet.set(
                  Symbols.AVERAGE,
                  share.times(Symbols.AVERAGE).plus(Expr.of(1).minus(share).times(Symbols.W)));
            });
    return new UpdateRule(sheet.equations, sheet.constants);
  }

  /** Collects equations in order. */
  static final class Sheet {
    private final List<Equation> equations = new ArrayList<>();
    private final List<Constant> constants = new ArrayList<>();

    /** A setting by its symbol. */
    Expr constant(String text, String latex, double value) {
      return constant(Expr.named(text, latex, value), value);
    }

    private Expr constant(Expr symbol, double value) {
      constants.add(new Constant(symbol, value));
      return symbol;
    }

    /** Assigns the next value of something that lasts between steps. */
    void set(Expr symbol, Expr right) {
      equations.add(new Equation(symbol, right, true));
    }

    /** Names a value that is used in this step only. */
    void let(Expr symbol, Expr right) {
      equations.add(new Equation(symbol, right, false));
    }
  }

  private String constants(boolean inLatex) {
    return constants.stream()
        .map(
            c ->
                inLatex
                    ? c.symbol.latex() + " = " + Expr.of(c.value).latex()
                    : c.symbol + " = " + Expr.of(c.value))
        .collect(Collectors.joining(inLatex ? ",\\quad " : ", "));
  }

  /** The equations in LaTeX, one below the other, without the dollars. */
  public String latex() {
    String lines =
        equations.stream()
            .map(e -> e.symbol.latex() + (e.goesOn ? " &\\leftarrow " : " &= ") + e.right.latex())
            .collect(Collectors.joining(" \\\\\n"));
    return "\\begin{aligned}\n" + lines + "\n\\end{aligned}";
  }

  @Override
  public Map<String, String> mimeBundle() {
    String below = constants.isEmpty() ? "" : "\n\\\\[1ex]\n" + constants(true);
    return Map.of("text/latex", "$$\\begin{gathered}\n" + latex() + below + "\n\\end{gathered}$$");
  }

  /** One equation a line, then the values of the symbols. */
  @Override
  public String toString() {
    var lines = equations.stream().map(e -> e.symbol + (e.goesOn ? " ← " : " = ") + e.right);
    return Stream.concat(lines, Stream.of(constants(false)).filter(line -> !line.isEmpty()))
        .collect(Collectors.joining("\n"));
  }
}
