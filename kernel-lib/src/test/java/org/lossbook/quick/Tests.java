package org.lossbook.quick;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes one after the other. */
final class Tests {
  private static final int LINES = 12;
  private static final TestTag SLOW = TestTag.create("slow");
  private static final TestTag FUZZED = TestTag.create("fuzzed");
  private static final Logger JQWIK = Logger.getLogger("net.jqwik");

  private final Launcher launcher = LauncherFactory.create();
  private final PrintStream out;

  Tests(PrintStream out) {
    this.out = out;
    JQWIK.setLevel(Level.WARNING);
  }

  /** What came of the tests of a class. */
  record Outcome(int passed, int failed, int skipped, int slow) {}

  /** Runs one class and prints what fails; the tests with the tag slow run if asked for. */
  Outcome run(String className, boolean slowToo) {
    Set<String> slow = new HashSet<>();
    PostDiscoveryFilter quick =
        test -> {
          if (test.getTags().contains(FUZZED) || test.getTags().contains(SLOW) && !slowToo) {
            slow.add(test.getUniqueId().toString());
            return FilterResult.excluded("slow");
          }
          return FilterResult.included("quick");
        };
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(className))
            .filters(quick)
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
            .configurationParameter(
                "junit.jupiter.extensions.autodetection.include", OtherCases.class.getName())
            .build();
    Listener listener = new Listener();
    launcher.execute(request, listener);
    return new Outcome(listener.passed, listener.failed, listener.skipped, slow.size());
  }

  private final class Listener implements TestExecutionListener {
    private final List<String> path = new ArrayList<>();
    private int passed;
    private int failed;
    private int skipped;

    @Override
    public void executionStarted(TestIdentifier test) {
      path.add(test.getDisplayName());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      skipped++;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      switch (result.getStatus()) {
        case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
        case ABORTED -> skipped++;
        case FAILED -> {
          failed++;
          result.getThrowable().ifPresent(this::show);
        }
        default -> throw new IllegalStateException();
      }
      path.remove(path.size() - 1);
    }

    private void show(Throwable thrown) {
      out.println("✗ " + String.join(" › ", path.subList(1, path.size())));
      out.println("  " + String.valueOf(thrown).replace("\n", "\n  "));
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause != thrown) {
          out.println("  caused by " + cause);
        }
        List.of(cause.getStackTrace()).stream()
            .filter(at -> at.getClassName().startsWith("org.lossbook."))
            .filter(at -> !at.getClassName().startsWith("org.lossbook.quick."))
            .limit(LINES)
            .forEach(at -> out.println("    at " + at));
      }
    }
  }
}
