package org.lossbook.optimizer.descent;

import java.util.List;
import java.util.Map;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.Data;
import org.lossbook.plot.explorer.Shell;

/**
 * A descent that moves in the page: sliders for the learning rates and what each optimizer keeps,
 * and a start to drag. It computes in JavaScript, from the formula and the optimizers' own
 * equations.
 */
public final class DescentExplorer implements Renderable {
  private final Data data;
  private final Figure still;
  private final String text;

  DescentExplorer(Data data, Figure still, String text) {
    this.data = data;
    this.still = still;
    this.text = text;
  }

  /** HTML as {@code text/html}, and the static image as {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    return Shell.mimeBundle("descend", data, still);
  }

  /** What its script is given, for a test. */
  Data data() {
    return data;
  }

  /** Where each optimizer ended, for a terminal. */
  @Override
  public String toString() {
    return text;
  }

  static Data of(
      DescentFunction landscape, double[] start, int steps, double[][] range, List<Data> walkers) {
    return new Data()
        .with("title", landscape.equation())
        .with("names", landscape.names())
        .with("start", start)
        .with("steps", steps)
        .with("low", range[0])
        .with("high", range[1])
        .withFunction("f", landscape.javaScript())
        .withFunction("walk", Shell.script("walk"))
        .withAll("walkers", walkers);
  }
}
