package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongUnaryOperator;
import org.lossbook.base.Messages;
import org.lossbook.kernel.cell.CellFailure;

/** The magics {@code %time} and {@code %timeit}, for a line and for a cell. */
final class TimeMagics {
  private static final double ENOUGH_SECONDS = 0.2;
  private static final int REPEATS = 7;
  private static final String SINK = Sink.class.getName() + ".take";

  /** Runs a job on the thread of cells, where an interrupt reaches it. */
  interface OnCellThread {
    long call(Callable<Long> job) throws Throwable;
  }

  private final OnCellThread thread;

  TimeMagics(OnCellThread thread) {
    this.thread = thread;
  }

  List<Magic> magics() {
    return List.of(
        Magic.line("time", "code", "runs the code once and says how long it took", this::time)
            .running(Magic.Runs.JAVA),
        Magic.cell("time", "", "runs the cell once and says how long it took", this::time)
            .running(Magic.Runs.JAVA),
        Magic.line(
                "timeit",
                "[-n LOOPS] [-r REPEATS] code",
                "runs the code many times and says how long it takes",
                this::timeit)
            .running(Magic.Runs.JAVA),
        Magic.cell(
                "timeit",
                "[-n LOOPS] [-r REPEATS]",
                "runs the cell many times and says how long it takes",
                this::timeit)
            .running(Magic.Runs.JAVA));
  }

  private Object time(MagicCall call) throws Exception {
    boolean whole = call.magic().startsWith("%%");
    String code = whole && call.line().isBlank() ? call.body() : call.line();
    if (code.isBlank()) {
      throw wrong("%s expects code to time, such as %s mse().of(3, 2.5).", call.magic(), "%time");
    }
    try (Stopwatch watch = Stopwatch.start()) {
      Object value = call.java().run(code);
      return whole && code.equals(call.line()) ? call.java().run(call.body()) : value;
    }
  }

  private Object timeit(MagicCall call) throws Exception {
    var options = new Options(call.line());
    boolean whole = call.magic().startsWith("%%");
    String code = (whole ? call.body() : options.code).strip();
    if (code.isBlank()) {
      throw wrong("%s expects code to time, such as %s mse().of(3, 2.5).", call.magic(), "%timeit");
    }
    // Once as it is written, so that a mistake is shown at its place.
    call.java().run(whole ? call.body() : code.equals(call.line()) ? call.line() : code);
    LongUnaryOperator loops = loop(call, code);
    long count = options.loops > 0 ? options.loops : enough(loops);
    double[] each = new double[options.repeats];
    for (int i = 0; i < each.length; i++) {
      each[i] = run(loops, count) / (double) count;
    }
    double mean = Arrays.stream(each).average().orElse(0);
    double deviation =
        Math.sqrt(Arrays.stream(each).map(x -> (x - mean) * (x - mean)).average().orElse(0));
    System.out.printf(
        Locale.ENGLISH,
        "%s ± %s per loop (mean ± std. dev. of %d run%s, %,d loop%s each)%n",
        Stopwatch.text(mean),
        Stopwatch.text(deviation),
        each.length,
        each.length == 1 ? "" : "s",
        count,
        count == 1 ? "" : "s");
    return null;
  }

  /** Code that runs so many loops and gives their nanoseconds. */
  private static LongUnaryOperator loop(MagicCall call, String code) throws Exception {
    String bare = code.replaceAll("[;\\s]+$", "");
    // The value goes somewhere, or the JVM would leave its computation out.
    try {
      return (LongUnaryOperator) call.java().run(loopOf(SINK + "(" + bare + ");"));
    } catch (CellFailure e) {
      return (LongUnaryOperator) call.java().run(loopOf(code + "\n;"));
    }
  }

  private static String loopOf(String code) {
    return Messages.of(
        """
        (java.util.function.LongUnaryOperator) loops -> {
          long started = System.nanoTime();
          try {
            for (long loop = 0; loop < loops; loop++) {
              %s
            }
          } catch (Throwable thrown) {
            throw org.lossbook.kernel.magic.Sink.unchecked(thrown);
          }
          return System.nanoTime() - started;
        }""",
        code);
  }

  private long enough(LongUnaryOperator loops) throws Exception {
    for (long count = 1; ; count *= 10) {
      for (int of : new int[] {1, 2, 5}) {
        if (run(loops, count * of) >= ENOUGH_SECONDS * 1e9 || count * of >= 1_000_000_000) {
          return count * of;
        }
      }
    }
  }

  private long run(LongUnaryOperator loops, long count) throws Exception {
    try {
      return thread.call(() -> loops.applyAsLong(count));
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The options before the code. */
  private static final class Options {
    int loops;
    int repeats = REPEATS;
    String code;

    Options(String line) {
      var words = new ArrayList<>(List.of(line.strip().split("\\s+")));
      String rest = line.strip();
      while (!words.isEmpty() && words.get(0).matches("-[nr]\\d*")) {
        String option = words.remove(0);
        rest = rest.substring(option.length()).strip();
        String number = option.substring(2);
        if (number.isEmpty() && !words.isEmpty()) {
          number = words.remove(0);
          rest = rest.substring(number.length()).strip();
        }
        if (!number.matches("[1-9]\\d{0,8}")) {
          throw wrong("%%timeit expects a number of at least 1 after %s.", option.substring(0, 2));
        }
        if (option.startsWith("-n")) {
          loops = Integer.parseInt(number);
        } else {
          repeats = Integer.parseInt(number);
        }
      }
      code = rest;
    }
  }
}
