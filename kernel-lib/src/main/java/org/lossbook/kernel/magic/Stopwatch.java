package org.lossbook.kernel.magic;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.lossbook.Internal;

/**
 * Says how long something took, as {@code %time} does.
 *
 * @hidden
 */
@Internal
public final class Stopwatch implements AutoCloseable {
  private final long cpu = cpuNanos();
  private final long start = System.nanoTime();

  private Stopwatch() {}

  /** Begins to measure; {@link #close} prints. */
  public static Stopwatch start() {
    return new Stopwatch();
  }

  @Override
  public void close() {
    long wall = System.nanoTime() - start;
    long used = cpuNanos() - cpu;
    System.out.println(
        (used < 0 ? "" : "CPU time: " + text(used) + "\n") + "Wall time: " + text(wall));
  }

  /** Nanoseconds in the unit that fits: {@code 12.3 ms}. */
  static String text(double nanos) {
    if (nanos >= 60e9) {
      long seconds = Math.round(nanos / 1e9);
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    String[] units = {"ns", "µs", "ms", "s"};
    int unit = 0;
    double size = nanos;
    while (size >= 1000 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    String format = size >= 100 ? "%.0f %s" : size >= 10 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ENGLISH, format, size, units[unit]);
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }
}
