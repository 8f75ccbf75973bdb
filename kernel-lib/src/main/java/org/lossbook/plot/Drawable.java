package org.lossbook.plot;

import java.util.Map;
import org.lossbook.notebook.Renderable;

/** A description of a figure, which is drawn when a cell ends with it. */
public interface Drawable extends Renderable {
  /** The figure, 640 pixels wide. */
  Figure figure();

  @Override
  default Map<String, String> mimeBundle() {
    return figure().mimeBundle();
  }
}
