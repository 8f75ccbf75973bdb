package org.lossbook.kernel.cell;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread that runs the reader's code. It is reused from cell to cell, because a native library
 * keeps a thread pool for each calling thread; only when a cell does not respond to interrupts is
 * its thread abandoned, and the next cell gets a new one.
 */
final class CellThread {
  private final ClassLoader contextLoader;
  private volatile Worker worker;
  private volatile FutureTask<?> running;
  private volatile boolean leaving;

  CellThread(ClassLoader contextLoader) {
    this.contextLoader = contextLoader;
  }

  /**
   * Runs {@code job} and waits for it.
   *
   * @throws Unanswered if {@link #abandon} gave up the job
   */
  <T> T call(Callable<T> job) throws Throwable {
    var task = new FutureTask<>(job);
    running = task;
    try {
      if (leaving) {
        throw new CellExit();
      }
      worker().jobs.put(task);
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (CancellationException e) {
      if (leaving) {
        throw new CellExit();
      }
      throw new Unanswered();
    } finally {
      running = null;
    }
  }

  /**
   * Ends the wait for the running job and for later ones, if a cell's code is ending this process:
   * the calling thread never leaves exit.
   *
   * @return whether it is
   */
  boolean leave() {
    leaving = Thread.getAllStackTraces().values().stream().anyMatch(CellThread::exits);
    FutureTask<?> job = running;
    if (leaving && job != null) {
      job.cancel(false);
    }
    return leaving;
  }

  /** Whether the stack is that of a call of exit, other than the kernel's own. */
  private static boolean exits(StackTraceElement[] stack) {
    List<String> calls =
        Arrays.stream(stack).map(each -> each.getClassName() + "." + each.getMethodName()).toList();
    return calls.contains("java.lang.Runtime.exit")
        && calls.stream().noneMatch(each -> each.startsWith("org.lossbook.kernel.Life"))
        && calls.stream().noneMatch(each -> each.endsWith("LossbookKernel.main"));
  }

  /** Whether a job is running. */
  boolean isBusy() {
    return running != null;
  }

  /** Whether {@code thread} is the one that runs cells now. */
  boolean is(Thread thread) {
    return worker == thread;
  }

  /** Interrupts the thread, if a job is running. */
  void interrupt() {
    Worker current = worker;
    if (isBusy() && current != null) {
      current.interrupt();
    }
  }

  /**
   * Stops the thread by force, if the JDK still can (Java 19 and earlier).
   *
   * @return whether it could
   */
  boolean stop() {
    try {
      // By reflection, because in later JDKs the method throws, and still later ones remove it.
      Thread.class.getMethod("stop").invoke(worker);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** The running job; null if there is none. */
  Future<?> job() {
    return running;
  }

  /** Waits for {@code job} to end, at most {@code millis}; true if it has. */
  boolean ends(Future<?> job, long millis) {
    try {
      if (job != null) {
        job.get(millis, TimeUnit.MILLISECONDS);
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CancellationException | InterruptedException e) {
      return true;
    }
  }

  /** Abandons {@code job}: its caller gets {@link Unanswered}, its thread keeps running. */
  void abandon(Future<?> job) {
    if (job == running && job != null) {
      worker = null;
      job.cancel(false);
    }
  }

  private Worker worker() {
    if (worker == null || !worker.isAlive()) {
      worker = new Worker();
      worker.setContextClassLoader(contextLoader);
      worker.start();
    }
    return worker;
  }

  /** Thrown when a cell does not respond to an interrupt. */
  static final class Unanswered extends Exception {
    private static final long serialVersionUID = 1;

    Unanswered() {
      super(
          "The cell does not respond: it keeps running in the background until the kernel is restarted.");
    }
  }

  private static final class Worker extends Thread {
    final SynchronousQueue<FutureTask<?>> jobs = new SynchronousQueue<>();

    Worker() {
      super("cell");
      setDaemon(true);
    }

    @Override
    public void run() {
      while (true) {
        try {
          jobs.take().run();
        } catch (InterruptedException e) {
          continue; // an interrupt that came after the cell had ended
        }
        Thread.interrupted();
      }
    }
  }
}
