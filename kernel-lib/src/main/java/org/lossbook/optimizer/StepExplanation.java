package org.lossbook.optimizer;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;

/** Worked steps of an optimizer: the lines of the first step, then all steps in a row. */
public final class StepExplanation implements Renderable {
  private final TextTable lines;
  private final Optional<TextTable> steps;
  private final double[] weights;

  StepExplanation(TextTable lines, Optional<TextTable> steps, double[] weights) {
    this.lines = lines;
    this.steps = steps;
    this.weights = weights;
  }

  /** The weights after the last step, in row-major order. */
  public double[] weights() {
    return weights.clone();
  }

  /** The lines of the first step: each equation with its numbers. */
  public TextTable lines() {
    return lines;
  }

  /** A row for each step and weight; empty after one step. */
  public Optional<TextTable> steps() {
    return steps;
  }

  private Stream<TextTable> tables() {
    return Stream.concat(Stream.of(lines), steps.stream());
  }

  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/html", tables().map(TextTable::html).collect(Collectors.joining()));
  }

  /** The same tables in columns of text. */
  @Override
  public String toString() {
    return tables().map(TextTable::toString).collect(Collectors.joining("\n\n"));
  }
}
