package org.lossbook.formula;

import java.util.List;

/**
 * A derivative written out: each line applies one rule of differentiation to one part of the line
 * before it, which is marked there.
 *
 * @param lines the lines; the last is the derivative
 * @param definitions what the names in the lines stand for, each after a comma: {@code , ε = 1e-7}
 * @param definitionsInLatex the same in LaTeX
 */
public record Derivation(List<Line> lines, String definitions, String definitionsInLatex) {
  /** Longer lines have their rule right behind them. */
  private static final int WIDEST = 72;

  /**
   * A line of a derivation.
   *
   * @param text the derivative so far as plain text; what is still to be differentiated stands in
   *     brackets, what the next rule is applied to in double ones
   * @param latex the same in LaTeX, where the latter is underlined
   * @param rule the rule that led from the line before to this one; empty in the first
   */
  public record Line(String text, String latex, String rule) {}

  /** Copies the lines. */
  public Derivation {
    lines = List.copyOf(lines);
  }

  /** The derivation in plain text, a line for each rule. */
  @Override
  public String toString() {
    return text("");
  }

  /** The derivation in plain text with a left side: {@code ∂L/∂ŷ}. */
  public String text(String left) {
    requireSide("text", left, "∂L/∂ŷ");
    int width = lines.stream().mapToInt(line -> line.text.length()).max().orElse(0);
    int widest = Math.min(width, WIDEST);
    StringBuilder all = new StringBuilder();
    for (Line line : lines) {
      all.append(all.isEmpty() ? left : "\n" + " ".repeat(left.length()))
          .append(" = ")
          .append(line.text);
      if (!line.rule.isEmpty()) {
        all.append(" ".repeat(Math.max(0, widest - line.text.length())))
            .append("   ")
            .append(line.rule);
      }
    }
    return (all + (definitions.isEmpty() ? "" : "\nwhere " + definitions.substring(2))).strip();
  }

  /** The derivation in LaTeX with a left side; in words, a power sign would be a command. */
  public String latex(String left) {
    requireSide("latex", left, "L'");
    StringBuilder all = new StringBuilder("\\begin{aligned} ").append(left);
    for (Line line : lines) {
      all.append(line == lines.get(0) ? "" : " \\\\ ").append(" &= ").append(line.latex);
      if (!line.rule.isEmpty()) {
        all.append(" && \\text{").append(line.rule.replace("^", "ˆ")).append('}');
      }
    }
    return all
        + (definitionsInLatex.isEmpty()
            ? ""
            : " \\\\ &\\text{where } " + definitionsInLatex.substring(",\\quad ".length()))
        + " \\end{aligned}";
  }

  private static void requireSide(String who, String left, String example) {
    if (left == null) {
      throw new IllegalArgumentException(
          who
              + " expects the left side of an equation but receives null: \""
              + example
              + "\" is one.");
    }
  }
}
