package org.lossbook.engine.onednn.window;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.operation.GraphNode;

/**
 * A window over a sequence, an image or a volume in oneDNN's terms.
 *
 * @hidden
 */
@Internal
public record WindowDesc(Window window, GraphNode image) {
  public long[] sizes() {
    return Arrays.stream(window.sizes()).asLongStream().toArray();
  }

  public long[] strides() {
    return Arrays.stream(window.strides()).asLongStream().toArray();
  }

  /** The dilation, which oneDNN counts as the positions between two taps. */
  public long[] dilations() {
    return Arrays.stream(window.dilations()).mapToLong(dilation -> dilation - 1).toArray();
  }

  public long[] padBefore() {
    return padding(window::before);
  }

  public long[] padAfter() {
    return padding(window::after);
  }

  private long[] padding(IntBinaryOperator side) {
    long[] dims = image.dims();
    return IntStream.range(0, window.axes())
        .mapToLong(axis -> side.applyAsInt(axis, (int) dims[axis + 2]))
        .toArray();
  }
}
