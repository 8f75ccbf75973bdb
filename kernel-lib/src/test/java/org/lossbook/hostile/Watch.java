package org.lossbook.hostile;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes calls one after the other, and knows which one it was that did not end. */
final class Watch {
  static final String LAST = "last-call";

  private static final int LONGEST = 4000;
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final long HUNG_NANOS = 8_000_000_000L;
  private static final long BETWEEN_MILLIS = 100;

  private final PrintStream out = System.out;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Thread caller = Thread.currentThread();
  private final MappedByteBuffer last;
  private volatile String now = "";
  private volatile long began; // CPU time of the caller; negative between two calls
  private volatile boolean isInterrupted;
  private final Set<String> known = new HashSet<>();
  private int calls;

  interface Call {
    Object run() throws Throwable;
  }

  /** What came of a call. */
  record Outcome(boolean isValue, Object value) {}

  Watch() throws IOException {
    try (var channel =
        FileChannel.open(
            Path.of(LAST),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      last = channel.map(FileChannel.MapMode.READ_WRITE, 0, LONGEST);
    }
    began = -1;
    System.setOut(new PrintStream(PrintStream.nullOutputStream()));
    var watcher = new Thread(this::look, "watcher");
    watcher.setDaemon(true);
    watcher.start();
  }

  int calls() {
    return calls;
  }

  void say(String line) {
    out.println(shown(line));
    out.flush();
  }

  /** A call that takes longer than it should is interrupted, and has to end then. */
  Outcome call(String text, Call call) {
    remember(text);
    calls++;
    isInterrupted = false;
    now = text;
    began = cpu();
    long nanos;
    Outcome outcome;
    try {
      Object value = call.run();
      nanos = cpu() - began;
      outcome = new Outcome(true, value);
    } catch (Throwable e) { // what else may come is what this is about
      nanos = cpu() - began;
      outcome = new Outcome(false, null);
      Verdict.of(e)
          .filter(why -> known.add(why + place(e)))
          .ifPresent(why -> say("FAULT " + text + ": " + why + ": " + said(e)));
    } finally {
      began = -1;
      Thread.interrupted();
    }
    if (nanos > 2 * MOST_NANOS) {
      say("FAULT %s: goes on when it is interrupted, %.1f s".formatted(text, nanos / 1e9));
    }
    return outcome;
  }

  /** Where it came from: one place is one fault, however many calls lead there. */
  private static String place(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("org.lossbook."))
        .findFirst()
        .map(StackTraceElement::toString)
        .orElse("");
  }

  private static String said(Throwable e) {
    return e.getClass().getName()
        + ": "
        + (e.getMessage() + "").lines().findFirst().orElse("")
        + Arrays.stream(e.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("org.lossbook."))
            .limit(4)
            .map(f -> f.getFileName() + ":" + f.getLineNumber())
            .collect(Collectors.joining(" < ", " at ", ""));
  }

  private static String shown(String line) {
    String one = line.replaceAll("\\p{Cntrl}", "?");
    return one.length() > LONGEST / 4 ? one.substring(0, LONGEST / 4) + "…" : one;
  }

  private void remember(String text) {
    byte[] bytes = shown(text).getBytes(StandardCharsets.UTF_8);
    last.put(0, Arrays.copyOf(bytes, LONGEST));
  }

  private long cpu() {
    return threads.getThreadCpuTime(caller.getId());
  }

  private void look() {
    while (true) {
      try {
        Thread.sleep(BETWEEN_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      long start = began;
      long used = start < 0 ? 0 : cpu() - start;
      if (used > MOST_NANOS && !isInterrupted) {
        isInterrupted = true;
        caller.interrupt();
      }
      if (used > HUNG_NANOS && began == start) {
        say(
            "FAULT "
                + now
                + ": never ends: "
                + Arrays.stream(caller.getStackTrace())
                    .limit(8)
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining(" < ")));
        Runtime.getRuntime().halt(1);
      }
    }
  }
}
