package org.lossbook.quick;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a reader calls the changed classes, and the others of their kind. By these words a test of
 * all losses is held to the cases of the one that changed.
 *
 * @param changed the factories of {@code Lossbook} that make them, in lower case
 * @param others the factories of the same packages that do not
 */
record Things(Set<String> changed, Set<String> others) {
  static final Things ALL = new Things(Set.of(), Set.of());

  private static final String CONTENTS = "org/lossbook/Lossbook";

  /** Fewer factories in a package are no kind of thing that tests walk through. */
  private static final int A_KIND = 5;

  /** Those of sources of which each has a factory, {@link #ALL} otherwise. */
  static Things of(Units main, Set<String> sources) throws IOException {
    Map<String, String> factories = factories(main);
    Set<String> changed = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (String source : sources) {
      String folder = source.substring(0, source.lastIndexOf('/') + 1);
      Predicate<String> same = s -> s.equals(source);
      boolean made = factories.values().stream().anyMatch(same);
      boolean extended =
          main.all().values().stream()
              .anyMatch(unit -> unit.supers().contains(source.replace(".java", "")));
      long kind = factories.values().stream().filter(s -> s.startsWith(folder)).distinct().count();
      if (!made || extended || kind < A_KIND) {
        return ALL;
      }
      factories.forEach(
          (name, s) -> {
            if (s.startsWith(folder)) {
              (s.equals(source) || uses(main, s, source) ? changed : others).add(name);
            }
          });
    }
    others.removeAll(changed);
    return changed.isEmpty() ? ALL : new Things(changed, others);
  }

  private static boolean uses(Units main, String source, String other) {
    return main.get(source).uses().stream().anyMatch(main.get(other).classes()::contains);
  }

  /** Whether one that did not change is named, and none that did. */
  boolean concernsOthers(String text) {
    boolean other = false;
    for (String word : text.replace("_", "").toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
      if (changed.contains(word)) {
        return false;
      }
      other |= others.contains(word);
    }
    return other;
  }

  /** The source of what each factory makes, by the factory's name in lower case. */
  private static Map<String, String> factories(Units main) throws IOException {
    Map<String, String> factories = new LinkedHashMap<>();
    var file = main.classes.resolve(CONTENTS + ".class");
    if (!Files.exists(file)) {
      return factories;
    }
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            Type made = Type.getReturnType(descriptor);
            if ((access & Opcodes.ACC_PUBLIC) != 0 && made.getSort() == Type.OBJECT) {
              String source = made.getInternalName().replaceFirst("\\$.*", "") + ".java";
              if (main.get(source) != null) {
                factories.put(name.toLowerCase(Locale.ROOT), source);
              }
            }
            return null;
          }
        };
    new ClassReader(Files.readAllBytes(file)).accept(visitor, ClassReader.SKIP_CODE);
    return factories;
  }
}
