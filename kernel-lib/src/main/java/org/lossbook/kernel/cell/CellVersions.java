package org.lossbook.kernel.cell;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;
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

  private final Set<Object> left = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The code of classes that use newer versions of others than they were compiled with. */
  private final Map<Class<?>, byte[]> linked = new HashMap<>();

  private final Map<String, Class<?>> settled = new HashMap<>();

  /** Adds a class that was loaded. */
  void put(Class<?> cell, byte[] classFile) {
    code.put(cell, classFile);
    for (String identity : CellNames.identities(cell.getName())) {
      newest.put(identity, cell);
    }
  }

  /** Whether the fields of the class {@code cell} are still those of {@code classFile}. */
  private static boolean hasFields(Class<?> cell, byte[] classFile) {
    var fields = new HashSet<String>();
    for (Field field : cell.getDeclaredFields()) {
      fields.add(field.getName() + Type.getDescriptor(field.getType()));
    }
    var asked = new HashSet<String>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public FieldVisitor visitField(
                  int access, String name, String type, String signature, Object value) {
                asked.add(name + type);
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return fields.equals(asked);
  }

  /** Gives loaded classes new code, all or none; whether the JVM could. */
  boolean redefine(Map<Class<?>, byte[]> classFiles, Predicate<String> holdsOnly) {
    // A variable's class only holds its value once its first value is computed.
    var left = new LinkedHashMap<>(classFiles);
    left.entrySet()
        .removeIf(
            each ->
                holdsOnly.test(each.getKey().getName())
                    && hasFields(each.getKey(), each.getValue()));
    return left.isEmpty() || replaceCode(left);
  }

  private boolean replaceCode(Map<Class<?>, byte[]> classFiles) {
    boolean same =
        classFiles.entrySet().stream()
            .allMatch(
                each ->
                    initialValues(each.getValue()).equals(initialValues(code.get(each.getKey()))));
    if (!same || !install(classFiles)) {
      return false;
    }
    classFiles.forEach(this::put);
    linked.keySet().removeAll(classFiles.keySet());
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

  /**
   * Carries over what replaced classes hold, and lets code that lives on use the new ones.
   *
   * @param isDeclared tells the classes of variables that the cell declares anew
   * @return a line for each thing that could not be carried over
   */
  List<String> settle(Predicate<String> isDeclared) {
    Map<Class<?>, Class<?>> replaced = new LinkedHashMap<>();
    newest.forEach(
        (identity, now) -> {
          Class<?> before = settled.put(identity, now);
          if (before != null && before != now) {
            replaced.put(before, now);
          }
        });
    if (replaced.isEmpty()) {
      return List.of();
    }
    var migration = new Migration(this::newest, left);
    var lost = new ArrayList<String>();
    replaced.forEach(
        (before, now) -> {
          List<String> names = carry(before, now, migration);
          if (!isDeclared.test(before.getName())) {
            lost.addAll(names);
          }
        });
    if (replaced.keySet().stream().anyMatch(type -> !CellNames.isWrapper(type.getName()))) {
      Set.copyOf(newest.values()).forEach(type -> carry(type, type, migration));
    }
    migration.finish();
    relink();
    List<String> notes = migration.notes();
    if (notes.isEmpty()) {
      lost.forEach(
          name ->
              notes.add(
                  name
                      + " is empty now, since its value does not fit what was edited: run its cell again."));
    }
    return notes;
  }

  /** The version of {@code type} that cells are compiled against. */
  private Class<?> newest(Class<?> type) {
    if (type.isAnonymousClass() || type.isLocalClass()) {
      return type; // a number is its name: another version may give it to another class
    }
    return CellNames.identities(type.getName()).stream()
        .map(newest::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse((Class) type);
  }

  /** Carries static fields over; returns the names of those that the new version cannot hold. */
  private List<String> carry(Class<?> from, Class<?> to, Migration migration) {
    var lost = new ArrayList<String>();
    boolean declared = !CellNames.isWrapper(from.getName());
    Map<String, ?> before = declared ? StaticValues.of(code.get(from)) : Map.of();
    Map<String, ?> after = declared ? StaticValues.of(code.get(to)) : Map.of();
    for (Field field : from.getDeclaredFields()) {
      String name = field.getName();
      if (!Modifier.isStatic(field.getModifiers())
          || field.isSynthetic()
          || field.isEnumConstant()
          || !Objects.equals(before.get(name), after.get(name))) {
        continue;
      }
      try {
        Field now = to.getDeclaredField(name);
        field.setAccessible(true);
        Object value = field.get(null);
        Object carried = Reflected.fitting(migration.of(value), now.getType());
        if (carried != null && (from != to || carried != value)) {
          Reflected.setStatic(now, carried);
        } else if (carried == null && value != null) {
          lost.add(name);
        }
      } catch (ReflectiveOperationException e) {
        continue; // the new version has no such field
      }
    }
    return lost;
  }

  /** Whether {@code lambda} uses what only an earlier version of a cell has. */
  boolean isStale(Object lambda) {
    String name = lambda.getClass().getName();
    return code.entrySet().stream()
        .filter(each -> name.startsWith(each.getKey().getName() + "$$Lambda"))
        .anyMatch(each -> Relinker.isStale(each.getValue(), this::ownerOf, this::isOutdated));
  }

  private boolean isOutdated(String internalName) {
    List<String> identities = CellNames.identities(internalName);
    return !identities.isEmpty()
        && identities.stream()
            .map(newest::get)
            .filter(Objects::nonNull)
            .noneMatch(now -> Type.getInternalName(now).equals(internalName));
  }

  private void relink() {
    Map<Class<?>, byte[]> changed = new LinkedHashMap<>();
    code.forEach(
        (cell, classFile) ->
            Relinker.relink(classFile, this::ownerOf)
                .filter(now -> !Arrays.equals(now, linked.get(cell)))
                .ifPresent(now -> changed.put(cell, now)));
    if (!changed.isEmpty() && install(changed)) {
      linked.putAll(changed);
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
