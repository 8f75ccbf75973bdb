package org.lossbook.engine.onednn.weighted;

import java.util.Arrays;

/** oneDNN's dimensions of the kernel of a convolution, and how Keras's order strides over them. */
final class KernelDims {
  private KernelDims() {}

  /** [o, i, …], preceded by the groups if there are several. */
  static long[] of(long groups, long out, long in, long[] sizes) {
    return groups == 1
        ? joined(new long[] {out, in}, sizes)
        : joined(new long[] {groups, out, in}, sizes);
  }

  /**
   * The strides of a kernel that has its extents first, row-major.
   *
   * @param inner the strides of groups, outputs and inputs
   * @param step the numbers at one position of the window
   */
  static long[] strides(long[] inner, long step, long[] sizes) {
    long[] outer = new long[sizes.length];
    long next = step;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      outer[axis] = next;
      next *= sizes[axis];
    }
    return joined(inner, outer);
  }

  private static long[] joined(long[] a, long[] b) {
    long[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }
}
