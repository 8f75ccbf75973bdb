package org.lossbook.engine;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.lossbook.Internal;

/**
 * What memory there is, asked before any is taken, so that what does not fit is refused in words.
 *
 * @hidden
 */
@Internal
public final class Memory {
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;
  private static final double USABLE = 0.95; // a full heap collects garbage all the time
  private static final String MORE = "give Java more memory, -Xmx in the kernel's kernel.json";

  private Memory() {}

  /** The product, exact; {@code Long.MAX_VALUE} where it is greater than that. */
  public static long product(long... factors) {
    long product = 1;
    for (long factor : factors) {
      if (factor == 0) {
        return 0;
      }
      long high = Math.multiplyHigh(product, factor);
      product = high != 0 || product * factor < 0 ? Long.MAX_VALUE : product * factor;
    }
    return product;
  }

  /** The sum, exact; {@code Long.MAX_VALUE} where it is greater than that. */
  public static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /**
   * Refuses what Java's heap has no room for.
   *
   * @param who asks, with what: {@code makeBlobs(2147483647)}
   * @param bytes it needs, as {@link #product} has them
   * @param fix what to ask for instead
   * @throws IllegalArgumentException says how much it needs and how much there is
   */
  public static void heap(String who, long bytes, String fix) {
    if (bytes > free()) {
      System.gc(); // what is garbage is room
      long free = free();
      if (bytes > free) {
        throw new IllegalArgumentException(
            "%s needs %s of memory but Java's heap has %s left of %s: %s, or %s."
                .formatted(
                    who,
                    text(bytes),
                    text(free),
                    text(Runtime.getRuntime().maxMemory()),
                    fix,
                    MORE));
      }
    }
  }

  /**
   * The length of one Java array of these extents.
   *
   * @throws IllegalArgumentException if the heap has no room for it, or no array is that long
   */
  public static int length(String who, int bytesEach, String fix, long... extents) {
    long length = product(extents);
    heap(who, product(bytesEach, length), fix);
    if (length > LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "%s needs an array of %,d numbers but Java's longest has %,d: %s."
              .formatted(who, length, LONGEST_ARRAY, fix));
    }
    return (int) length;
  }

  /** All that this machine has, or this container. */
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

  /** {@code 3.1 GB}, as a person reads it. */
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
