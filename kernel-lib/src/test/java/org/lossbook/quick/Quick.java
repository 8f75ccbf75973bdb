package org.lossbook.quick;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code ./lossbook test --quick} does: compiles what changed and runs the tests nearest to
 * it, within a budget of processor time. What it leaves out, it names.
 */
public final class Quick {
  /** Seconds of processor time after which no further test begins. */
  private static final double LIMIT = 15;

  /** ArchUnit reads every class first, which takes 6 seconds. */
  private static final double FLOORS_LIMIT = 11;

  /** So many names are enough to read. */
  private static final int SHOWN = 12;

  private final Path root;
  private final Path module;
  private final Path target;

  private Quick(Path root) {
    this.root = root;
    this.module = root.resolve("kernel-lib");
    this.target = module.resolve("target");
  }

  /** The checkout, the class path of the tests, and the commit to compare with, if any. */
  public static void main(String[] arguments) throws IOException {
    int status;
    try {
      Optional<String> commit = arguments.length > 2 ? Optional.of(arguments[2]) : Optional.empty();
      status = new Quick(Path.of(arguments[0])).run(arguments[1], commit);
    } catch (Changes.Refused e) {
      System.err.println("lossbook: " + e.getMessage());
      status = 2;
    } catch (Build.Failed e) {
      System.out.println("This does not compile: no test ran.");
      status = 1;
    }
    // Some tests leave threads behind that wait.
    System.exit(status);
  }

  private int run(String classPath, Optional<String> commit) throws IOException {
    Changes changes = Changes.of(root, commit);
    if (changes.paths().isEmpty()) {
      System.out.printf(
          "Nothing has changed since %s: name an earlier commit to compare with, such as"
              + " ./lossbook test --quick HEAD~1%n",
          changes.since());
      return 0;
    }
    System.out.printf("Changed since %s: %s%n", changes.since(), few(changes.paths(), SHOWN));
    if (changes.paths().stream().noneMatch(Quick::isBuilt)) {
      Elsewhere.print(changes.paths());
      System.out.println("No test in Java concerns these changes.");
      return 0;
    }
    String setting = setting(classPath);
    Units main = units("src/main/java", "classes", setting);
    Units test = units("src/test/java", "test-classes", setting);
    build(main, test, classPath);

    Choice choice = new Choice(main, test, changes.paths());
    Map<String, Choice.Nearness> tests = choice.tests();
    Things things = choice.things();
    int failed = 0;
    if (tests.isEmpty()) {
      System.out.println("No test in Java concerns these changes.");
    } else {
      failed = run(tests, things);
    }
    Elsewhere.print(changes.paths());
    return failed > 0 ? 1 : 0;
  }

  private static boolean isBuilt(String path) {
    return path.startsWith("kernel-lib/") || path.equals("pom.xml") || path.equals("NOTICE");
  }

  /** Whatever changes what the compiler makes of the same sources. */
  private String setting(String classPath) throws IOException {
    String all = classPath + System.getProperty("java.version") + release();
    return ClassFacts.digest(all.getBytes());
  }

  private String release() throws IOException {
    Matcher release =
        Pattern.compile("<maven.compiler.release>(\\d+)<")
            .matcher(Files.readString(root.resolve("pom.xml")));
    return release.find() ? release.group(1) : "17";
  }

  private Units units(String sources, String classes, String setting) {
    return new Units(
        module.resolve(sources), target.resolve("quick/target").resolve(classes), setting);
  }

  private void build(Units main, Units test, String classPath) throws IOException {
    Map<String, String> mainHashes = main.hashes();
    Map<String, String> testHashes = test.hashes();
    Build mainBuild = new Build(main, List.of(test), classPath, release());
    Build testBuild =
        new Build(test, List.of(), main.classes + File.pathSeparator + classPath, release());
    if (!(main.read() & test.read())) {
      mainBuild.clear();
      testBuild.clear();
      if (seeded(main, mainHashes, test, testHashes)) {
        System.out.println("Taking over what Maven compiled…");
      } else {
        mainBuild.clear();
        testBuild.clear();
        System.out.println("Compiling everything, this once…");
      }
    }
    mainBuild.run(mainHashes);
    testBuild.run(testHashes);
    copyNotice(main);
    System.out.printf(
        "Compiled %d of %d files (%.1f s of processor time so far)%n",
        mainBuild.compiled() + testBuild.compiled(),
        mainHashes.size() + testHashes.size(),
        seconds());
  }

  private boolean seeded(
      Units main, Map<String, String> mainHashes, Units test, Map<String, String> testHashes)
      throws IOException {
    Path classes = target.resolve("classes");
    Path tests = target.resolve("test-classes");
    long newest = times(classes).max().orElse(Long.MAX_VALUE);
    boolean built = newest <= times(tests).min().orElse(0);
    return built && main.seed(classes, mainHashes) && test.seed(tests, testHashes);
  }

  private static java.util.stream.LongStream times(Path folder) throws IOException {
    return Units.below(folder, ".class").stream()
        .mapToLong(file -> Units.modified(folder.resolve(file)));
  }

  /** Resources are read where they lie, but for the one that the jar has under another name. */
  private void copyNotice(Units main) throws IOException {
    Path notice = main.classes.resolve("META-INF/licenses/NOTICE");
    Files.createDirectories(notice.getParent());
    Files.write(notice, Files.readAllBytes(root.resolve("NOTICE")));
  }

  /** Runs tests until the time is over; says how many failed. */
  private int run(Map<String, Choice.Nearness> tests, Things things) {
    Set<String> whole =
        tests.entrySet().stream()
            .filter(entry -> entry.getValue().compareTo(Choice.Nearness.NAMED) <= 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    OtherCases.leaveOut(things, whole, () -> seconds() > LIMIT);
    Tests runner = new Tests(System.out);
    Map<String, List<String>> leftOut = new LinkedHashMap<>();
    int passed = 0;
    int failed = 0;
    for (Map.Entry<String, Choice.Nearness> test : tests.entrySet()) {
      Choice.Nearness nearness = test.getValue();
      String name = test.getKey().substring(test.getKey().lastIndexOf('.') + 1);
      double before = seconds();
      if (before > (nearness == Choice.Nearness.FLOORS ? FLOORS_LIMIT : LIMIT)) {
        leftOut
            .computeIfAbsent("for time (" + nearness.words + ")", words -> new ArrayList<>())
            .add(name);
        continue;
      }
      int others = OtherCases.others();
      int late = OtherCases.late();
      Tests.Outcome outcome = runner.run(test.getKey(), nearness == Choice.Nearness.CHANGED);
      others = OtherCases.others() - others;
      late = OtherCases.late() - late;
      int ran = outcome.passed() - others - late;
      passed += ran;
      failed += outcome.failed();
      if (outcome.passed() + outcome.failed() + outcome.skipped() == 0) {
        leftOut.computeIfAbsent("as slow", words -> new ArrayList<>()).add(name);
      } else {
        System.out.printf(
            Locale.ROOT,
            "%s %-28s %4d passed%s%s%s%s  %.1f s%n",
            outcome.failed() == 0 ? "✓" : "✗",
            name,
            ran,
            count(outcome.failed(), "failed"),
            count(others, "of others left out"),
            count(outcome.slow(), "left out as slow"),
            count(late, "left out for time"),
            seconds() - before);
      }
    }
    System.out.printf(
        Locale.ROOT, "%d passed, %d failed; %.1f s of processor time%n", passed, failed, seconds());
    leftOut.forEach((why, names) -> System.out.printf("Left out %s: %s%n", why, few(names, SHOWN)));
    if (!leftOut.isEmpty()) {
      System.out.println("One of them: mvn -q test -pl kernel-lib -Dtest=" + first(leftOut));
    }
    return failed;
  }

  private static String first(Map<String, List<String>> leftOut) {
    return leftOut.values().iterator().next().get(0);
  }

  private static String count(int n, String what) {
    return n == 0 ? "" : ", " + n + " " + what;
  }

  private static String few(List<String> names, int most) {
    String shown = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() <= most ? shown : shown + " and " + (names.size() - most) + " more";
  }

  /** Processor time of this process and, on Linux, of those that its tests started and awaited. */
  private static double seconds() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean ours
        ? ours.getProcessCpuTime() / 1e9 + childrensSeconds()
        : System.nanoTime() / 1e9;
  }

  private static double childrensSeconds() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0; // in ticks
    } catch (IOException e) {
      return 0; // another system
    }
  }
}
