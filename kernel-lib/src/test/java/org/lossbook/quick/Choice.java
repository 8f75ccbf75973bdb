package org.lossbook.quick;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tests that concern changed files, those nearest to the change first. */
final class Choice {
  /** How near a test is to a change. */
  enum Nearness {
    CHANGED("changed themselves"),
    NAMED("named after a changed class"),
    GOLDEN("compare with golden files, same package"),
    USER_NEARBY("use a changed class, same package"),
    NEARBY("same package"),
    USER("use a changed class"),
    THROUGH("named after a class that uses a changed one"),
    FLOORS("hold for the whole library");

    final String words;

    Nearness(String words) {
      this.words = words;
    }
  }

  private static final String MAIN = "kernel-lib/src/main/java/";
  private static final String TEST = "kernel-lib/src/test/java/";
  private static final String GOLDEN = "kernel-lib/src/test/resources/golden/";

  private final Units main;
  private final Units test;
  private final Map<String, Nearness> tests = new TreeMap<>();
  private final Set<String> mainSources = new TreeSet<>();

  Choice(Units main, Units test, List<String> paths) throws IOException {
    this.main = main;
    this.test = test;
    for (String path : paths) {
      if (path.startsWith(MAIN) && path.endsWith(".java")) {
        mainSource(path.substring(MAIN.length()));
      } else if (path.startsWith(TEST) && path.endsWith(".java")) {
        testSource(path.substring(TEST.length()));
      } else if (path.startsWith(GOLDEN)) {
        golden(path.substring(GOLDEN.length()));
      } else if (path.startsWith("kernel-lib/src/") && path.contains("/resources/")
          || path.equals("NOTICE")) {
        resource(path);
      }
    }
    if (!mainSources.isEmpty()) {
      add("org/lossbook/FloorsTest.java", Nearness.FLOORS);
      add("org/lossbook/LossbookTest.java", Nearness.FLOORS);
    }
  }

  /** Class names, nearest first. */
  Map<String, Nearness> tests() {
    return tests.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .collect(
            Collectors.toMap(
                entry -> className(entry.getKey()),
                Map.Entry::getValue,
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /** The cases that the farther tests are held to. */
  Things things() throws IOException {
    return Things.of(main, mainSources);
  }

  private void mainSource(String source) {
    if (source.endsWith("/package-info.java")) {
      return;
    }
    mainSources.add(source);
    String name = simpleName(source);
    Unit unit = main.get(source);
    Set<String> users = unit == null ? Set.of() : usersAmongTests(unit.classes());
    Set<String> above =
        main.all().entrySet().stream()
            .filter(entry -> unit != null && uses(entry.getValue(), unit.classes()))
            .map(entry -> simpleName(entry.getKey()) + "Test.java")
            .filter(test -> !test.equals("LossbookTest.java"))
            .collect(Collectors.toSet());
    for (String candidate : test.all().keySet()) {
      boolean nearby = folder(candidate).equals(folder(source));
      if (simpleName(candidate).startsWith(name)) {
        add(candidate, Nearness.NAMED);
      } else if (nearby && candidate.endsWith("GoldenTest.java")) {
        add(candidate, Nearness.GOLDEN);
      } else if (users.contains(candidate)) {
        add(candidate, nearby ? Nearness.USER_NEARBY : Nearness.USER);
      } else if (nearby) {
        add(candidate, Nearness.NEARBY);
      } else if (above.contains(candidate.substring(candidate.lastIndexOf('/') + 1))) {
        add(candidate, Nearness.THROUGH);
      }
    }
  }

  private void testSource(String source) {
    Unit unit = test.get(source);
    if (unit == null) {
      return;
    }
    if (isTest(source)) {
      add(source, Nearness.CHANGED);
    } else {
      usersAmongTests(unit.classes()).forEach(user -> add(user, Nearness.USER));
    }
  }

  /** A golden file is opened by its name, or by that of its folder and a name put together. */
  private void golden(String path) throws IOException {
    int slash = path.indexOf('/');
    String stem = path.replaceFirst("\\..*", "");
    String quoted = slash < 0 ? '"' + stem + '"' : '"' + path.substring(0, slash + 1);
    readers(quoted, path.substring(slash + 1), "golden/" + path);
  }

  private void resource(String path) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    readers(name);
    for (String source : main.present()) {
      if (Files.readString(main.sources.resolve(source)).contains(name)) {
        mainSource(source);
      }
    }
    mainSources.clear();
  }

  /** The tests whose source, or whose helper's source, has one of these words in it. */
  private void readers(String... words) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String source : test.present()) {
      String text = Files.readString(test.sources.resolve(source));
      if (List.of(words).stream().anyMatch(text::contains)) {
        found.add(source);
      }
    }
    for (String source : found) {
      if (isTest(source)) {
        add(source, Nearness.USER_NEARBY);
      } else if (test.get(source) != null) {
        usersAmongTests(test.get(source).classes()).forEach(user -> add(user, Nearness.USER));
      }
    }
  }

  /** The tests that use one of these classes, themselves or through helpers that are no tests. */
  private Set<String> usersAmongTests(Set<String> classNames) {
    Set<String> seen = new TreeSet<>();
    Set<String> wanted = new TreeSet<>(classNames);
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, Unit> entry : test.all().entrySet()) {
        if (uses(entry.getValue(), wanted) && seen.add(entry.getKey()) && !isTest(entry.getKey())) {
          more |= wanted.addAll(entry.getValue().classes());
        }
      }
    }
    return seen;
  }

  private void add(String source, Nearness nearness) {
    if (isTest(source) && test.get(source) != null) {
      tests.merge(source, nearness, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }
  }

  private static boolean uses(Unit unit, Set<String> classNames) {
    return unit.uses().stream().anyMatch(classNames::contains);
  }

  private static boolean isTest(String source) {
    return source.endsWith("Test.java");
  }

  private static String simpleName(String source) {
    return source.substring(source.lastIndexOf('/') + 1).replace(".java", "");
  }

  private static String folder(String source) {
    return source.substring(0, source.lastIndexOf('/') + 1);
  }

  private static String className(String source) {
    return source.replace(".java", "").replace('/', '.');
  }
}
