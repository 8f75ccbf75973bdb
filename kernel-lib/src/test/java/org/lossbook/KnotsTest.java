package org.lossbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Within a package, classes that all depend on each other are few. */
@AnalyzeClasses(packages = "org.lossbook", importOptions = ImportOption.DoNotIncludeTests.class)
class KnotsTest {
  private static final int MOST_CLASSES = 8;

  /** Larger knots, each with the reason why it is there; they may shrink but not grow. */
  private static final Map<String, Integer> KNOWN =
      Map.of("org.lossbook.engine.onednn.operation", 12); // operations fuse with those before them

  @ArchTest
  static void knotsAreSmall(JavaClasses classes) {
    Map<String, Set<String>> tooLarge = new TreeMap<>();
    Map<String, Set<String>> uses = uses(classes);
    Map<String, Set<String>> reached = new TreeMap<>();
    uses.keySet().forEach(start -> reached.put(start, reached(start, uses)));
    for (String start : uses.keySet()) {
      Set<String> knot = new TreeSet<>(reached.get(start));
      knot.removeIf(other -> !reached.get(other).contains(start));
      String room = start.substring(0, start.lastIndexOf('.'));
      if (knot.size() > KNOWN.getOrDefault(room, MOST_CLASSES)) {
        tooLarge.put(room, knot);
      }
    }
    assertThat(tooLarge).as("classes that all depend on each other").isEmpty();
  }

  /** For each outermost class the others of its package that it depends on. */
  private static Map<String, Set<String>> uses(JavaClasses classes) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass each : classes) {
      Set<String> of = uses.computeIfAbsent(outermost(each), name -> new TreeSet<>());
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().equals(each.getPackageName())) {
          of.add(outermost(target));
        }
      }
    }
    return uses;
  }

  private static String outermost(JavaClass each) {
    return each.getName().replaceFirst("\\$.*", "");
  }

  private static Set<String> reached(String start, Map<String, Set<String>> uses) {
    Set<String> reached = new HashSet<>(Set.of(start));
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (String next : uses.getOrDefault(open.pop(), Set.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }
}
