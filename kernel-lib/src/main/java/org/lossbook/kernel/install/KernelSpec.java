package org.lossbook.kernel.install;

import com.google.gson.GsonBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.engine.onednn.ShortWaits;
import org.lossbook.kernel.LossbookKernel;

/** The content of {@code kernel.json}: how Jupyter starts Java for a notebook. */
final class KernelSpec {
  /** Marks a kernelspec as ours, so that no other is ever removed. */
  static final String MARK = "\"lossbook\"";

  /** What Jupyter replaces by the folder of {@code kernel.json}. */
  private static final String RESOURCE_DIR = "{resource_dir}";

  /** An option that Java has from 23 on; {@code launch.py} leaves it out for an older one. */
  private static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  /**
   * Ten times Java's own numbers of calls and loops before its optimizing compiler looks at a
   * method. That compiler would take half of the processor time of a start, for javac's methods of
   * which most never run again; a loop over numbers reaches these counts within milliseconds.
   */
  private static final List<String> LATER_OPTIMIZED =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private KernelSpec() {}

  /** The command line before the class path, common to all variants. */
  private static List<String> java(Path logging) {
    var words = new ArrayList<String>();
    boolean windows = File.separatorChar == '\\';
    words.add(
        Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java").toString());
    // A Binder container has 2 GB: heap, native arrays and the JVM itself stay under 1.5 together.
    words.add("-Xmx512m");
    words.add("-Dorg.bytedeco.javacpp.maxBytes=768m");
    words.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=1400m");
    // A notebook computes in native code and in long-lived arrays: the serial collector
    // starts fastest and needs the least memory besides the heap.
    words.add("-XX:+UseSerialGC");
    words.add("-XX:-UsePerfData");
    words.addAll(LATER_OPTIMIZED);
    words.add("-Djava.awt.headless=true");
    words.add("-Dfile.encoding=UTF-8");
    // Messages of the JVM would end up in Jupyter's log at best and in a cell at worst.
    words.add("-Xlog:disable");
    words.add("-Djava.util.logging.config.file=" + logging);
    words.add("--enable-native-access=ALL-UNNAMED");
    // It only allows what a notebook asks the compiler for: %options --enable-preview.
    words.add("--enable-preview");
    if (Runtime.version().feature() >= 23) {
      words.add(UNSAFE);
    }
    return words;
  }

  /** The command line of the embedded kernel; {@code archive} is its class data archive (CDS). */
  static List<String> embedded(Path jar, Path archive, Path logging, String argument) {
    List<String> words = java(logging);
    words.add("-XX:SharedArchiveFile=" + archive);
    words.add("-cp");
    words.add(jar.toString());
    words.add(LossbookKernel.class.getName());
    words.add(argument);
    return words;
  }

  /**
   * The command line of a kernel that any machine can run: {@code launch.py} beside {@code jar}
   * finds its JDK, its other jars and its class data archive.
   */
  static List<String> launched(String jar, String logging) {
    Path home = Path.of(RESOURCE_DIR);
    List<String> words =
        embedded(home.resolve(jar), Path.of(""), home.resolve(logging), "{connection_file}");
    words.removeIf(word -> word.startsWith("-XX:SharedArchiveFile=") || word.equals(UNSAFE));
    words.set(0, UNSAFE);
    words.addAll(0, List.of("python", RESOURCE_DIR + "/launch.py"));
    words.replaceAll(word -> word.replace(RESOURCE_DIR + File.separator, RESOURCE_DIR + "/"));
    return words;
  }

  /**
   * The command line of IJava, which finds the library through the environment of {@link
   * #attachment}.
   */
  static List<String> ijava(Path jar, Path logging) {
    List<String> words = java(logging);
    words.add("-jar");
    words.add(jar.toString());
    words.add("{connection_file}");
    return words;
  }

  /** The environment that makes IJava load {@code jar} and run {@code startup}. */
  static Map<String, String> attachment(Path jar, Path startup) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("IJAVA_CLASSPATH", forward(jar));
    environment.put("IJAVA_STARTUP_SCRIPTS_PATH", forward(startup));
    return environment;
  }

  /** The text of {@code kernel.json}. */
  static String json(List<String> argv, Map<String, String> environment) {
    var all = new LinkedHashMap<>(environment);
    // Otherwise glibc keeps a pool of freed memory for each thread that ever allocated any.
    all.put("MALLOC_ARENA_MAX", "2");
    // The engine sets it too, but ND4J may load OpenMP before it.
    all.put(ShortWaits.VARIABLE, ShortWaits.TURNS);
    var spec = new LinkedHashMap<String, Object>();
    spec.put("argv", argv);
    spec.put("display_name", "Java (Lossbook)");
    spec.put("language", "java");
    spec.put("interrupt_mode", "message");
    spec.put("env", all);
    spec.put("metadata", Map.of("lossbook", true));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(spec) + "\n";
  }

  private static String forward(Path path) {
    return path.toString().replace('\\', '/');
  }
}
