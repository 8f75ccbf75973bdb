package org.lossbook.plot.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lossbook.base.Messages;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;

/**
 * A softmax of several scores to play with: a bar for each probability, a slider for each score and
 * one for the temperature that divides them.
 *
 * @param scores where the sliders begin
 * @param function {@code (1, …scores, temperature) => [entropy, [probability, …]]}
 * @param still the image for pages without scripts
 * @param text for a terminal
 */
public record SoftmaxExplorer(List<Double> scores, String function, Figure still, String text)
    implements Renderable {
  private static final double REACH = 6;

  /** HTML as {@code text/html}, and the static image as {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    List<Data> sliders = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    for (int k = 0; k < scores.size(); k++) {
      double reach = Math.max(REACH, Math.abs(scores.get(k)));
      sliders.add(slider("prediction", "score x" + index(k), -reach, reach, scores.get(k)));
      classes.add("p" + index(k));
    }
    sliders.add(slider("setting", "temperature T", 0.1, 10, 1));
    Data data =
        new Data()
            .with("title", "softmax")
            .with("formula", "pᵢ = exp(xᵢ/T)/(Σₖ exp(xₖ/T))")
            .with("entropy", "−Σᵢ pᵢ·log(pᵢ)")
            .with("classes", classes)
            .withAll("sliders", sliders)
            .withFunction("f", function);
    return Shell.mimeBundle("softmax", data, still);
  }

  private static String index(int k) {
    return Messages.of("%d", k)
        .codePoints()
        .collect(
            StringBuilder::new, (s, c) -> s.appendCodePoint('₀' + c - '0'), StringBuilder::append)
        .toString();
  }

  private static Data slider(String group, String name, double low, double high, double first) {
    return new Data()
        .with("group", group)
        .with("name", name)
        .with("low", low)
        .with("high", high)
        .with("step", 0.1)
        .with("first", first);
  }

  @Override
  public String toString() {
    return text;
  }
}
