package org.lossbook.kernel.cell;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.lossbook.base.Messages;

/**
 * Carries objects over to the new version of their class, field by field by name, and replaces them
 * wherever variables, arrays, collections and other objects of cells hold them.
 */
final class Migration {
  private final UnaryOperator<Class<?>> newest;
  private final Set<Object> left;
  private final Map<Object, Object> moved = new IdentityHashMap<>();
  private final Map<Class<?>, Form> forms = new LinkedHashMap<>();
  private final Set<String> refusals = new LinkedHashSet<>();
  private final Deque<Runnable> fields = new ArrayDeque<>();
  private final Deque<Runnable> collections = new ArrayDeque<>();

  /** What became of a class's objects. */
  private static final class Form {
    int objects;
    final Set<String> unset = new LinkedHashSet<>();
    final Set<String> dropped = new TreeSet<>();
    String refusal;
  }

  /**
   * @param newest the version of a class that cells compile against now
   * @param left collections that cannot change, by identity; gets those that are found
   */
  Migration(UnaryOperator<Class<?>> newest, Set<Object> left) {
    this.newest = newest;
    this.left = left;
  }

  /** Leaves {@code collection} as it is, now and later. */
  void leave(Object collection) {
    left.add(collection);
  }

  /** What stands for {@code value} now; its fields are set once {@link #finish} has run. */
  Object of(Object value) {
    if (value == null || left.contains(value)) {
      return value;
    }
    Object known = moved.get(value);
    if (known != null) {
      return known;
    }
    Class<?> type = value instanceof Enum<?> e ? e.getDeclaringClass() : value.getClass();
    if (type.isArray()) {
      return array(value);
    }
    if (!CellNames.identities(type.getName()).isEmpty()) {
      Class<?> now = newest.apply(type);
      if (now != type) {
        return replaced(value, now);
      }
      if (type.isHidden() || type.isAnonymousClass() || type.isLocalClass()) {
        Object adapted = Adapted.of(value, newest);
        if (adapted != value) {
          moved.put(value, adapted);
          return adapted;
        }
      }
      if (type.isHidden()) {
        return value; // a lambda, whose fields are final
      }
      moved.put(value, value);
      fields.add(() -> inPlace(value));
      return value;
    }
    return new Container(this, newest, moved, collections::add).of(value);
  }

  /** Sets the fields of all objects, then what collections hold, which may ask for hash codes. */
  void finish() {
    while (!fields.isEmpty() || !collections.isEmpty()) {
      Runnable next = (fields.isEmpty() ? collections : fields).remove();
      try {
        next.run();
      } catch (RuntimeException e) {
        refusals.add(
            "A collection keeps objects of the class before this edit, because it sorts by a"
                + " comparator for them: make it anew.");
      }
    }
  }

  /** One line for each class whose objects are not what they were. */
  List<String> notes() {
    var notes = new ArrayList<>(refusals);
    forms.forEach(
        (type, form) -> {
          String name = type.getSimpleName();
          String many = form.objects == 1 ? "One " + name : form.objects + " objects of " + name;
          if (form.refusal != null) {
            notes.add(
                Messages.of(
                    "%s made before this edit cannot be carried over, and null is in its place: %s. Make it anew.",
                    "A " + name, form.refusal));
          } else if (!form.unset.isEmpty()) {
            notes.add(
                Messages.of(
                    "%s made before this edit: %s%s.",
                    many,
                    String.join(", ", form.unset),
                    form.dropped.isEmpty()
                        ? ""
                        : "; " + String.join(", ", form.dropped) + " is gone"));
          }
        });
    return notes;
  }

  private Object array(Object value) {
    Class<?> part = value.getClass().getComponentType();
    Class<?> innermost = part;
    while (innermost.isArray()) {
      innermost = innermost.getComponentType();
    }
    if (innermost.isPrimitive()) {
      return value;
    }
    var from = (Object[]) value;
    Class<?> now = innermost;
    if (!CellNames.identities(innermost.getName()).isEmpty()) {
      now = newest.apply(innermost);
    }
    Object[] to = from;
    if (now != innermost) {
      Class<?> nowPart = now;
      for (Class<?> c = part; c.isArray(); c = c.getComponentType()) {
        nowPart = nowPart.arrayType();
      }
      to = (Object[]) Array.newInstance(nowPart, from.length);
    }
    moved.put(value, to);
    for (int i = 0; i < from.length; i++) {
      to[i] = of(from[i]);
    }
    return to;
  }

  private Object replaced(Object value, Class<?> now) {
    Form form = forms.computeIfAbsent(now, type -> new Form());
    form.objects++;
    try {
      Object made;
      if (value instanceof Enum<?> constant) {
        made = constant(constant, now, form);
      } else if (now.isRecord()) {
        made = record(value, now, form);
      } else if (now.isInterface() || Modifier.isAbstract(now.getModifiers()) || now.isEnum()) {
        form.refusal = now.getSimpleName() + " can have no such object any more";
        made = null;
      } else {
        Object empty = Reflected.allocate(now);
        made = empty;
        fields.add(() -> copy(value, empty, form));
      }
      if (made != null) {
        moved.put(value, made);
      }
      return made;
    } catch (InvocationTargetException e) {
      form.refusal = "its constructor throws " + e.getCause();
    } catch (ReflectiveOperationException | RuntimeException e) {
      form.refusal = String.valueOf(e.getMessage());
    }
    return null;
  }

  private static Object constant(Enum<?> constant, Class<?> now, Form form) {
    Object[] constants = now.getEnumConstants();
    for (Object each : constants == null ? new Object[0] : constants) {
      if (((Enum<?>) each).name().equals(constant.name())) {
        return each;
      }
    }
    form.refusal = "there is no " + constant.name() + " any more";
    return null;
  }

  private Object record(Object value, Class<?> now, Form form) throws ReflectiveOperationException {
    RecordComponent[] components = now.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments = new Object[components.length];
    Map<String, Field> before = Reflected.fields(value.getClass());
    for (int i = 0; i < arguments.length; i++) {
      Field field = before.remove(components[i].getName());
      Object old = field == null ? null : of(Reflected.get(field, value));
      Object fitting = Reflected.fitting(old, types[i]);
      arguments[i] = fitting == null ? Reflected.nothing(types[i]) : fitting;
      if (field == null || fitting == null && old != null) {
        form.unset.add(components[i].getName() + " is " + arguments[i]);
      }
    }
    form.dropped.addAll(before.keySet());
    var constructor = now.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(arguments);
  }

  private void copy(Object from, Object to, Form form) {
    Map<String, Field> before = Reflected.fields(from.getClass());
    Reflected.fields(to.getClass())
        .forEach(
            (name, field) -> {
              Field old = before.remove(name);
              Object value = old == null ? null : of(Reflected.get(old, from));
              Object fitting = Reflected.fitting(value, field.getType());
              if (fitting != null) {
                Reflected.set(field, to, fitting);
              } else if (old == null || value != null) {
                form.unset.add(name + " is " + Reflected.nothing(field.getType()));
              }
            });
    form.dropped.addAll(before.keySet());
  }

  private void inPlace(Object object) {
    for (Field field : Reflected.fields(object.getClass()).values()) {
      Object value = Reflected.get(field, object);
      Object now = of(value);
      if (now != value && !object.getClass().isRecord()) {
        Reflected.set(field, object, now);
      }
    }
  }
}
