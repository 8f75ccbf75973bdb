package org.lossbook.kernel.cell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.lossbook.Internal;

/**
 * The execution control of JShell: runs compiled snippets on the cell's thread, and keeps the
 * resulting objects, because JShell itself would turn a value into text and an exception into a
 * name.
 *
 * @hidden
 */
@Internal
public final class CellControl extends DirectExecutionControl {
  /** How long a cell may take to end by itself, and then when stopped by force. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final CellLoader loader;
  private Variables variables;
  private boolean quiet;
  private final CellThread thread;
  private final Map<String, Object> values = new HashMap<>();
  private Object last;
  private Throwable failure;
  private volatile boolean interruptWaits;
  private long keys;

  CellControl(CellLoader loader) {
    super(loader);
    this.loader = loader;
    this.thread = new CellThread(loader);
  }

  @Override
  public void redefine(ClassBytecodes[] compiled) throws ClassInstallException {
    if (!loader.redefine(compiled, quiet ? name -> true : variables::holdsOnly)) {
      throw new ClassInstallException("other shape", new boolean[compiled.length]);
    }
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    if (quiet) {
      return "";
    }
    failure = null;
    settle();
    Object value;
    try {
      value = call(() -> snippet.invoke(null));
    } catch (Throwable thrown) {
      failure = readers(thrown);
      throw report(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }
    failure = null; // a cell that evaluates another may have caught its exception
    String key = "value-" + ++keys;
    values.put(key, value);
    last = value;
    return key;
  }

  /** The exception that the reader's code threw. */
  private static Throwable readers(Throwable thrown) {
    Throwable own = thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
    return own instanceof ThreadDeath ? new CellInterrupted() : own;
  }

  /** The exception for JShell, which maps it to lines of snippets; causes may be cyclic. */
  private RunException report(Throwable thrown, Set<Throwable> seen) {
    seen.add(thrown);
    if (thrown instanceof SPIResolutionException unresolved) {
      return new ResolutionException(unresolved.id(), variables.translated(thrown.getStackTrace()));
    }
    var report =
        new UserException(
            String.valueOf(thrown.getMessage()),
            thrown.getClass().getName(),
            variables.translated(thrown.getStackTrace()));
    if (thrown.getCause() != null && !seen.contains(thrown.getCause())) {
      report.initCause(report(thrown.getCause(), seen));
    }
    return report;
  }

  /** Runs {@code job} on the cell's thread, so that an interrupt reaches it. */
  public <T> T call(Callable<T> job) throws Throwable {
    if (thread.is(Thread.currentThread())) {
      return job.call(); // a cell that evaluates another
    }
    if (interruptWaits) {
      interruptWaits = false;
      throw new CellInterrupted();
    }
    try {
      return thread.call(job);
    } finally {
      InterruptPoints.clear();
    }
  }

  /** Begins a cell: an interrupt before it does not end it. */
  void begin() {
    interruptWaits = false;
  }

  /** Carries over what the classes hold that the last snippet replaced. */
  void settle() {
    try {
      loader.versions().settle(variables::isDeclaring).forEach(System.out::println);
    } catch (RuntimeException | StackOverflowError e) {
      System.out.println(
          "Some values from before this edit could not be carried over: run their cells again. ("
              + e
              + ")");
    }
  }

  /** What the variable {@code name} holds; null if it cannot be read. */
  Object value(String holder, String name) {
    try {
      var field = loaded(holder).getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Whether {@code lambda} uses what only an earlier version of a cell has. */
  boolean isStale(Object lambda) {
    return loader.versions().isStale(lambda);
  }

  /**
   * Does {@code job}, which tells JShell of what is there already: no class changes, no code runs.
   */
  <T> T quietly(Supplier<T> job) {
    quiet = true;
    try {
      return job.get();
    } finally {
      quiet = false;
    }
  }

  /** The class of a cell by its {@code name}. */
  Class<?> loaded(String name) throws ClassNotFoundException {
    return loader.findClass(name);
  }

  void watch(Variables watched) {
    variables = watched;
  }

  /** The value of the snippet that JShell reports by {@code key}; may be null. */
  Object value(String key) {
    return values.get(key);
  }

  /** What the code of the last snippet returned. */
  Object returned() {
    return last;
  }

  /** The exception of the last snippet; null if there was none in the reader's code. */
  Throwable failure() {
    return failure instanceof SPIResolutionException ? null : failure;
  }

  /** Drops the last snippet's value and exception, so that they can be garbage collected. */
  void forget() {
    values.clear();
    last = null;
    failure = null;
  }

  /** Ends the running cell, or the snippet that is being compiled as soon as it would run. */
  void interruptSoon() {
    interruptWaits = !thread.isBusy();
    interrupt();
  }

  /**
   * Ends the running cell: interrupts it, then stops it by force if the JDK can, then abandons it.
   * Returns at once.
   */
  void interrupt() {
    if (!thread.isBusy()) {
      return;
    }
    InterruptPoints.raise(thread::is);
    thread.interrupt();
    var escalation = new Thread(this::insist, "interrupt");
    escalation.setDaemon(true);
    escalation.start();
  }

  /** Ends a cell that is ending this process; false if none is. */
  boolean leave() {
    return thread.leave();
  }

  private void insist() {
    Future<?> job = thread.job();
    if (thread.ends(job, PATIENCE_MILLIS)) {
      return;
    }
    if (thread.stop() && thread.ends(job, PATIENCE_MILLIS)) {
      return;
    }
    thread.abandon(job);
  }
}
