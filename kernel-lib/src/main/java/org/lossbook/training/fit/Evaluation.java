package org.lossbook.training.fit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.base.Figures;
import org.lossbook.base.Messages;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;

/**
 * The result of evaluating a model: its loss and metrics on a dataset.
 *
 * <pre>{@code
 * model.evaluate(digits.test()).get("accuracy")
 * }</pre>
 *
 * @param figures by name, {@code loss} first
 * @param samples how many were evaluated
 */
public record Evaluation(Map<String, Double> figures, int samples) implements Renderable {
  /** Copies the figures, in order. */
  public Evaluation {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** The loss over the dataset. */
  public double loss() {
    return get("loss");
  }

  /**
   * The figure of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public double get(String name) {
    return Figures.of("evaluation", figures, name);
  }

  @Override
  public Map<String, String> mimeBundle() {
    var table =
        new TextTable(
            "",
            figures.keySet().stream().map(TextTable.Column::numbers).toList(),
            List.of(figures.values().stream().map(Figures::text).toList()),
            List.of());
    return table.mimeBundle();
  }

  /** {@code loss 0.0297, accuracy 0.9912 on 10,000 samples}. */
  @Override
  public String toString() {
    return Messages.of("%s on %,d samples", Figures.text(figures), samples);
  }
}
