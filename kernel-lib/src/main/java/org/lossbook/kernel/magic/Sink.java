package org.lossbook.kernel.magic;

import org.lossbook.Internal;

/**
 * Takes the values that {@code %timeit} computes, because the JVM leaves out a computation whose
 * value nobody takes.
 *
 * @hidden
 */
@Internal
public final class Sink {
  private static volatile long unlikely = 0x5eed_0f_10c4L;

  private Sink() {}

  public static void take(double value) {
    if (Double.doubleToRawLongBits(value) == unlikely) {
      unlikely++;
    }
  }

  public static void take(long value) {
    if (value == unlikely) {
      unlikely++;
    }
  }

  public static void take(boolean value) {
    take(value ? 1 : 0);
  }

  public static void take(Object value) {
    take(System.identityHashCode(value));
  }

  /** {@code thrown} as what needs no declaration. */
  public static RuntimeException unchecked(Throwable thrown) {
    return Sink.<RuntimeException>raise(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T raise(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
