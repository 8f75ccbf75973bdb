package org.lossbook.plot;

import java.nio.file.Path;
import java.util.Map;
import org.lossbook.notebook.Renderable;

/** A description of a figure, which is drawn when a cell ends with it. */
public interface Drawable extends Renderable {
  /** The figure, 640 pixels wide. */
  Figure figure();

  /** Writes the figure into a file, {@code save("loss.svg")} or {@code save("loss.png")}. */
  default Figure save(String file) {
    return figure().save(file);
  }

  /** The same with Java's own path. */
  default Figure save(Path file) {
    return figure().save(file);
  }

  @Override
  default Map<String, String> mimeBundle() {
    return figure().mimeBundle();
  }
}
