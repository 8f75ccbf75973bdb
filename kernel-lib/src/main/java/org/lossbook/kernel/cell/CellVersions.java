package org.lossbook.kernel.cell;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Type;

/**
 * The classes of cells and their versions. An edited cell gives its classes new code where the JVM
 * can redefine them; where it cannot, JShell makes new ones, and {@link #settle} carries what the
 * old ones hold over to them.
 */
final class CellVersions {
  private final Map<Class<?>, byte[]> code = new LinkedHashMap<>();

  /** By what a class is in any version, the version that JShell compiles against now. */
  private final Map<String, Class<?>> newest = new LinkedHashMap<>();

  private final Map<String, Class<?>> settled = new HashMap<>();

  /** Adds a class that was loaded. */
  void put(Class<?> cell, byte[] classFile) {
    code.put(cell, classFile);
    for (String identity : CellNames.identities(cell.getName())) {
      newest.put(identity, cell);
    }
  }

  /** Gives loaded classes new code, all or none; whether the JVM could. */
  boolean redefine(Map<Class<?>, byte[]> classFiles) {
    boolean same =
        classFiles.entrySet().stream()
            .allMatch(
                each ->
                    initialValues(each.getValue()).equals(initialValues(code.get(each.getKey()))));
    if (!same || !install(classFiles)) {
      return false;
    }
    classFiles.forEach(this::put);
    return true;
  }

  private static Object initialValues(byte[] classFile) {
    return StaticValues.of(classFile);
  }

  private static boolean install(Map<Class<?>, byte[]> classFiles) {
    Optional<Instrumentation> jvm = RedefinitionAgent.instrumentation();
    if (jvm.isEmpty()) {
      return false;
    }
    var definitions = new ArrayList<ClassDefinition>();
    classFiles.forEach(
        (cell, bytes) ->
            definitions.add(new ClassDefinition(cell, InterruptPoints.insertInto(bytes))));
    try {
      jvm.get().redefineClasses(definitions.toArray(ClassDefinition[]::new));
      return true;
    } catch (UnsupportedOperationException
        | ClassNotFoundException
        | UnmodifiableClassException
        | LinkageError e) {
      return false; // the shape of a class changes
    }
  }

  /** Carries over what replaced classes hold, and lets code that lives on use the new ones. */
  void settle() {
    boolean moved = false;
    for (Map.Entry<String, Class<?>> each : newest.entrySet()) {
      Class<?> before = settled.put(each.getKey(), each.getValue());
      if (before != null && before != each.getValue()) {
        moved = true;
        carry(before, each.getValue());
      }
    }
    if (moved) {
      relink();
    }
  }

  private static void carry(Class<?> from, Class<?> to) {
    for (Field field : from.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        try {
          Field now = to.getDeclaredField(field.getName());
          field.setAccessible(true);
          now.setAccessible(true);
          now.set(null, field.get(null));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
          continue;
        }
      }
    }
  }

  private void relink() {
    for (Map.Entry<Class<?>, byte[]> each : List.copyOf(code.entrySet())) {
      Relinker.relink(each.getValue(), this::ownerOf)
          .ifPresent(now -> install(Map.of(each.getKey(), now)));
    }
  }

  private String ownerOf(String owner, String member, String descriptor) {
    for (String identity : CellNames.identities(owner)) {
      Class<?> now = newest.get(identity);
      if (now != null && has(now, member, descriptor)) {
        return Type.getInternalName(now);
      }
    }
    return owner;
  }

  private static boolean has(Class<?> owner, String member, String descriptor) {
    if (!descriptor.startsWith("(")) {
      try {
        Field field = owner.getDeclaredField(member);
        return isPublicStatic(field.getModifiers())
            && Type.getDescriptor(field.getType()).equals(descriptor);
      } catch (NoSuchFieldException e) {
        return false;
      }
    }
    for (Method method : owner.getDeclaredMethods()) {
      if (method.getName().equals(member)
          && isPublicStatic(method.getModifiers())
          && Type.getMethodDescriptor(method).equals(descriptor)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPublicStatic(int modifiers) {
    return Modifier.isStatic(modifiers) && Modifier.isPublic(modifiers);
  }
}
