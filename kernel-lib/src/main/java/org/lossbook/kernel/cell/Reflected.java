package org.lossbook.kernel.cell;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and writes the fields of any object, and makes objects without a constructor. */
final class Reflected {
  /** Superclasses that have nothing to carry. */
  private static final Set<Class<?>> ENDS = Set.of(Object.class, Enum.class, Record.class);

  private Reflected() {}

  /**
   * The instance fields of {@code type} and its superclasses, by name; a subclass's hide others.
   */
  static Map<String, Field> fields(Class<?> type) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Class<?> each = type; !ENDS.contains(each); each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && opened(field)) {
          fields.putIfAbsent(field.getName(), field);
        }
      }
    }
    return fields;
  }

  private static boolean opened(Field field) {
    if (field.trySetAccessible()) {
      return true;
    }
    Class<?> owner = field.getDeclaringClass();
    Optional<Instrumentation> jvm = RedefinitionAgent.instrumentation();
    jvm.ifPresent(
        agent ->
            agent.redefineModule(
                owner.getModule(),
                Set.of(),
                Map.of(),
                Map.of(owner.getPackageName(), Set.of(Reflected.class.getModule())),
                Set.of(),
                Map.of()));
    return field.trySetAccessible();
  }

  static Object get(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  static void set(Field field, Object object, Object value) {
    try {
      field.set(object, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sets a static field, even if it is final, as those of a class are that has just been loaded.
   */
  static void setStatic(Field field, Object value) throws ReflectiveOperationException {
    field.setAccessible(true);
    if (!Modifier.isFinal(field.getModifiers())) {
      field.set(null, value);
    } else if (!field.getType().isPrimitive()) {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field the = type.getDeclaredField("theUnsafe");
      the.setAccessible(true);
      Object unsafe = the.get(null);
      Object base = type.getMethod("staticFieldBase", Field.class).invoke(unsafe, field);
      Object offset = type.getMethod("staticFieldOffset", Field.class).invoke(unsafe, field);
      type.getMethod("putObject", Object.class, long.class, Object.class)
          .invoke(unsafe, base, offset, value);
    }
  }

  /** {@code value} if a field of {@code type} can hold it, widened if needed; else null. */
  static Object fitting(Object value, Class<?> type) {
    if (value == null || !type.isPrimitive()) {
      return type.isInstance(value) ? value : null;
    }
    try {
      Object one = Array.newInstance(type, 1);
      Array.set(one, 0, value);
      return Array.get(one, 0);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What a field of {@code type} holds before anything is assigned to it. */
  static Object nothing(Class<?> type) {
    return Array.get(Array.newInstance(type, 1), 0);
  }

  /** An object of {@code type} whose fields are all unset, as deserialization makes it. */
  static Object allocate(Class<?> type) throws ReflectiveOperationException {
    Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
    Object the = factory.getMethod("getReflectionFactory").invoke(null);
    var make =
        (Constructor<?>)
            factory
                .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(the, type, Object.class.getDeclaredConstructor());
    make.setAccessible(true);
    return make.newInstance();
  }
}
