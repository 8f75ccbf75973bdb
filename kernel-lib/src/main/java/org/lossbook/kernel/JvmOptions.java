package org.lossbook.kernel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lossbook.kernel.cell.Startup;

/**
 * The JVM's options in the environment. A running JVM takes none, so the kernel starts a second one
 * with them, and ends with it.
 */
final class JvmOptions {
  static final String VARIABLE = "LOSSBOOK_JVM_OPTS";
  private static final String STARTED = "lossbook.jvm.options";

  private JvmOptions() {}

  /**
   * Runs the kernel in a JVM with the options of the environment, until that one ends.
   *
   * @return its exit status; -1 if there are no options, or this is that JVM
   */
  static int run(String[] args) throws IOException {
    String value = System.getenv(VARIABLE);
    if (value == null || value.isBlank() || System.getProperty(STARTED) != null) {
      return -1;
    }
    List<String> options = List.of(value.strip().split("\\s+"));
    List<String> java = command(options);
    String refused = refusal(java);
    if (!refused.isEmpty()) {
      Startup.notice("The JVM does not take " + VARIABLE + "=" + value + ": " + refused);
      return -1;
    }
    java.add("-D" + STARTED + "=");
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    java.add(LossbookKernel.class.getName());
    java.addAll(Arrays.asList(args));
    Process kernel = new ProcessBuilder(java).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(kernel::destroy));
    while (true) {
      try {
        return kernel.waitFor();
      } catch (InterruptedException e) {
        // only the end of the kernel ends the wait
      }
    }
  }

  /** Whether this JVM was started by another one of this class. */
  static boolean isSecond() {
    return System.getProperty(STARTED) != null;
  }

  /** The command of a JVM with this one's options and these. */
  static List<String> command(List<String> options) {
    boolean collector = options.stream().anyMatch(JvmOptions::isCollector);
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String each : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!collector || !isCollector(each)) {
        words.add(each); // the JVM refuses two garbage collectors
      }
    }
    words.addAll(options);
    return words;
  }

  private static boolean isCollector(String option) {
    return option.matches("-XX:\\+Use\\w+GC");
  }

  private static String refusal(List<String> java) throws IOException {
    var words = new ArrayList<>(java);
    words.add("-version");
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? "" : said.lines().findFirst().orElse("the JVM ended at once");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
