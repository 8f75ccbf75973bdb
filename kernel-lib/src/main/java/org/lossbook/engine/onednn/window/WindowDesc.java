package org.lossbook.engine.onednn.window;

import org.lossbook.Internal;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.operation.GraphNode;

/**
 * A window over an image in oneDNN's terms: [height, width], and dilation as pixels between taps.
 *
 * @hidden
 */
@Internal
public record WindowDesc(Window window, GraphNode image) {
  long[] size() {
    return new long[] {window.height(), window.width()};
  }

  public long[] strides() {
    return new long[] {window.strideHeight(), window.strideWidth()};
  }

  /** The dilation, which oneDNN counts as the pixels between two taps. */
  public long[] dilations() {
    return new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1};
  }

  public long[] padBefore() {
    return padding(0);
  }

  public long[] padAfter() {
    return padding(1);
  }

  private long[] padding(int side) {
    return new long[] {
      window.padHeight((int) image.dims()[2])[side], window.padWidth((int) image.dims()[3])[side]
    };
  }
}
