package org.lossbook.engine;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;
import org.lossbook.Internal;

/**
 * Checks of memory before allocation, so that what does not fit is rejected with a clear message.
 *
 * @hidden
 */
@Internal
public final class Memory {
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;
  private static final double USABLE = 0.95; // an almost full heap collects garbage all the time
  private static final String MORE = "give Java more memory, -Xmx in the kernel's kernel.json";

  private Memory() {}

  /** The exact product, saturated at {@code Long.MAX_VALUE}. */
  public static long product(long... factors) {
    long product = 1;
    for (long factor : factors) {
      product = product(product, factor);
    }
    return product;
  }

  /** The exact product of two, saturated at {@code Long.MAX_VALUE}. */
  public static long product(long a, long b) {
    if (b == 0) {
      return 0;
    }
    long high = Math.multiplyHigh(a, b);
    return high != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  /** The exact sum, saturated at {@code Long.MAX_VALUE}. */
  public static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /**
   * Rejects what does not fit into Java's heap.
   *
   * @param who the call, for messages: {@code makeBlobs(2147483647)}
   * @param bytes how many it needs, computed with {@link #product}
   * @param fix what to do instead
   * @throws IllegalArgumentException if it does not fit; the message says how much it needs and how
   *     much there is
   */
  public static void heap(String who, long bytes, String fix) {
    heap(() -> who, bytes, fix);
  }

  /** The same for a call whose name takes longer to write than the check. */
  public static void heap(Supplier<String> who, long bytes, String fix) {
    if (bytes > free()) {
      System.gc(); // garbage counts as free
      long free = free();
      if (bytes > free) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s needs %s of memory but Java's heap has %s left of %s: %s, or %s.",
                who.get(),
                text(bytes),
                text(free),
                text(Runtime.getRuntime().maxMemory()),
                fix,
                MORE));
      }
    }
  }

  /**
   * The length of one Java array of these dimensions.
   *
   * @throws IllegalArgumentException if it does not fit into the heap, or is longer than any array
   */
  public static int length(String who, int bytesEach, String fix, long... extents) {
    return length(() -> who, bytesEach, fix, extents);
  }

  /** The same for a call whose name takes longer to write than the check. */
  public static int length(Supplier<String> who, int bytesEach, String fix, long... extents) {
    long length = product(extents);
    heap(who, product(bytesEach, length), fix);
    if (length > LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs an array of %,d numbers but Java's longest has %,d: %s.",
              who.get(),
              length,
              LONGEST_ARRAY,
              fix));
    }
    return (int) length;
  }

  /** The total memory of this machine, or container. */
  public static long machine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  private static long free() {
    Runtime java = Runtime.getRuntime();
    long used = java.totalMemory() - java.freeMemory();
    return Math.max(0, (long) (USABLE * java.maxMemory()) - used);
  }

  /** A readable size: {@code 3.1 GB}. */
  public static String text(long bytes) {
    if (bytes == Long.MAX_VALUE) {
      return "more than 8 billion GB";
    }
    double number = bytes;
    String[] units = {"bytes", "kB", "MB", "GB"};
    int unit = 0;
    while (number >= 1024 && unit < units.length - 1) {
      number /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, number < 10 && unit > 0 ? "%.1f %s" : "%,.0f %s", number, units[unit]);
  }
}
