package org.lossbook.engine;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What is said and counted about shapes in more than one place. */
public final class Shapes {
  private Shapes() {}

  /**
   * The numbers in one sample of {@code shape}: {@code [26, 26, 32]} has 21,632, {@code []} one.
   */
  public static int size(int... shape) {
    int size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  /** As Keras prints it, the batch first: {@code (None, 26, 26, 32)}. */
  public static String withBatch(int... shape) {
    return Arrays.stream(shape)
        .mapToObj(extent -> ", " + extent)
        .collect(Collectors.joining("", "(None", shape.length == 0 ? ",)" : ")"));
  }
}
