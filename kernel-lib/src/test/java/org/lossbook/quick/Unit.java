package org.lossbook.quick;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * One source file as it was compiled last.
 *
 * @param hash of its text; empty when it has to be compiled again
 * @param api digest of what others see of its classes
 * @param classes that it was compiled to
 * @param uses the classes of Lossbook that these mention
 * @param supers the classes of Lossbook that these extend or implement
 */
record Unit(String hash, String api, Set<String> classes, Set<String> uses, Set<String> supers) {
  static Unit of(String hash, Iterable<ClassFacts> facts) {
    Set<String> classes = new TreeSet<>();
    Set<String> uses = new TreeSet<>();
    Set<String> supers = new TreeSet<>();
    TreeSet<String> apis = new TreeSet<>();
    for (ClassFacts fact : facts) {
      classes.add(fact.name());
      uses.addAll(fact.uses());
      supers.addAll(fact.supers());
      if (!fact.api().isEmpty()) {
        apis.add(fact.name() + ' ' + fact.api());
      }
    }
    uses.removeAll(classes);
    return new Unit(hash, ClassFacts.digest(apis.toString().getBytes()), classes, uses, supers);
  }

  Unit stale() {
    return new Unit("", api, classes, uses, supers);
  }

  /** As a line of the file that keeps it. */
  String line() {
    return String.join("\t", hash, api, join(classes), join(uses), join(supers));
  }

  static Unit read(String line) {
    String[] parts = line.split("\t", -1);
    return new Unit(parts[0], parts[1], split(parts[2]), split(parts[3]), split(parts[4]));
  }

  private static String join(Set<String> names) {
    return String.join(" ", names);
  }

  private static Set<String> split(String names) {
    return names.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(names.split(" ")));
  }
}
