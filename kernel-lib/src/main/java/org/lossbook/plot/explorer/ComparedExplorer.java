package org.lossbook.plot.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.Explorer.Slider;

/**
 * Several losses, or one with several settings, to play with over the same truth and prediction.
 *
 * @param shared sliders of all, truth first
 * @param moving which of them is the horizontal axis
 * @param target JavaScript: {@code (1, …shared) => [the best value]}
 * @param goal the label of that place
 * @param losses what is compared
 * @param still the image for pages without scripts
 * @param text for a terminal
 */
public record ComparedExplorer(
    List<Slider> shared,
    int moving,
    String target,
    String goal,
    List<Compared> losses,
    Figure still,
    String text)
    implements Renderable {
  /**
   * One of them.
   *
   * @param settings sliders of its own
   * @param function JavaScript: {@code (1, t, …shared, …settings) => [loss, slope]}
   */
  public record Compared(String name, String unit, List<Slider> settings, String function) {}

  /** HTML as {@code text/html}, and the static image as {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    List<Data> sliders = new ArrayList<>(shared.stream().map(Slider::data).toList());
    List<Data> curves = new ArrayList<>();
    for (int k = 0; k < losses.size(); k++) {
      Compared loss = losses.get(k);
      List<Integer> takes = new ArrayList<>();
      for (int i = 0; i < shared.size(); i++) {
        takes.add(i);
      }
      for (Slider setting : loss.settings()) {
        takes.add(sliders.size());
        sliders.add(setting.data().with("group", "setting" + k));
      }
      curves.add(
          new Data()
              .with("name", loss.name())
              .with("unit", loss.unit())
              .with("takes", takes)
              .withFunction("f", loss.function()));
    }
    Data data =
        new Data()
            .with("title", title())
            .with("goal", goal)
            .with("moving", moving)
            .with("shared", shared.size())
            .withFunction("target", target)
            .withAll("sliders", sliders)
            .withAll("losses", curves);
    return Shell.mimeBundle("compared", data, still);
  }

  /** The names without what tells namesakes apart. */
  private String title() {
    return losses.stream()
        .map(loss -> loss.name().split(", ", 2)[0])
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  @Override
  public String toString() {
    return text;
  }
}
