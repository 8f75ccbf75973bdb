package org.lossbook.layer.worked;

import java.util.Map;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.Data;
import org.lossbook.plot.explorer.Shell;

/**
 * A convolution whose window slides in the page: what lies under it, the products and their sum,
 * and sliders for the kernel.
 */
public final class WindowExplorer implements Renderable {
  private final Data data;
  private final Figure still;
  private final LayerSteps steps;

  WindowExplorer(Data data, Figure still, LayerSteps steps) {
    this.data = data;
    this.still = still;
    this.steps = steps;
  }

  /** What its script is given, for a test. */
  Data data() {
    return data;
  }

  /** HTML as {@code text/html}, and the static image as {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    return Shell.mimeBundle("convolution", data, still);
  }

  /** The worked steps, for a terminal. */
  @Override
  public String toString() {
    return steps.toString();
  }
}
