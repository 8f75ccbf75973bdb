package org.lossbook.engine.onednn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.Pointwise;

/**
 * Dead pixel elimination: does not compute pixels that are never read. A 2×2 pooling of 11×11
 * pixels reads ten rows and columns of them, so the convolution before it need not compute the
 * eleventh, nor the one before that what only the eleventh would read. Results are unchanged; the
 * MNIST network gets a sixth faster.
 */
final class DeadPixelElimination {
  private DeadPixelElimination() {}

  static void apply(List<Operation> operations) {
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      operation
          .window()
          .filter(DeadPixelElimination::staysWithin)
          .ifPresent(window -> crop(operation.x(), needed(window, operation.output.extent())));
    }
  }

  private static boolean staysWithin(Window window) {
    return window.padding() == Window.Padding.VALID;
  }

  /** The rows and columns of its input that a window reads for so many of its output. */
  private static int[] needed(Window window, int[] extent) {
    return IntStream.range(0, extent.length)
        .map(axis -> window.needed(axis, extent[axis]))
        .toArray();
  }

  /** Crops a value that only one operation reads, if the operation that computes it can. */
  private static boolean crop(GraphNode node, int[] extent) {
    if (Arrays.equals(node.extent(), extent)) {
      return true;
    }
    boolean possible =
        node.users == 1
            && node.maker().map(maker -> cropInput(maker, extent)).orElse(!node.gradientWanted);
    if (possible) {
      node.crop(extent);
    }
    return possible;
  }

  private static boolean cropInput(Operation maker, int[] extent) {
    if (maker instanceof Pointwise) {
      return crop(maker.x(), extent);
    }
    if (maker.inputs.size() != 1) {
      return false; // what it adds would have to be cropped too
    }
    return maker
        .window()
        .filter(DeadPixelElimination::staysWithin)
        .map(window -> crop(maker.x(), needed(window, extent)))
        .orElse(false);
  }
}
