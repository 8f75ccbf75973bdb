package org.lossbook.kernel.cell;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Replaces objects in the JDK's collections: in place where they can change, else in a copy. */
final class Container {
  /** Collections of the JDK that cannot change, by a part of their class's name. */
  private static final Pattern FIXED = Pattern.compile("Immutable|Unmodifiable|Empty|Singleton");

  private final Migration migration;
  private final UnaryOperator<Class<?>> newest;
  private final Map<Object, Object> moved;
  private final Consumer<Runnable> later;

  Container(
      Migration migration,
      UnaryOperator<Class<?>> newest,
      Map<Object, Object> moved,
      Consumer<Runnable> later) {
    this.migration = migration;
    this.newest = newest;
    this.moved = moved;
    this.later = later;
  }

  Object of(Object value) {
    if (!value.getClass().getName().startsWith("java.util.")) {
      return value;
    }
    if (value instanceof EnumSet<?> || value instanceof EnumMap<?, ?>) {
      return ofEnum(value);
    }
    if (value instanceof List<?> list) {
      return list(list);
    }
    if (value instanceof Collection<?> collection) {
      return collection(collection);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(migration::of);
    }
    if (value instanceof AtomicReference<?> reference) {
      moved.put(value, value);
      change(reference);
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private <T> void change(AtomicReference<T> reference) {
    reference.set((T) migration.of(reference.get()));
  }

  private Object list(List<?> list) {
    moved.put(list, list);
    List<Object> now = moved(list);
    if (!differs(list, now)) {
      return list;
    }
    try {
      @SuppressWarnings("unchecked")
      var same = (List<Object>) list;
      for (int i = 0; i < now.size(); i++) {
        same.set(i, now.get(i));
      }
      return list;
    } catch (UnsupportedOperationException | ArrayStoreException e) {
      List<Object> copy = Collections.unmodifiableList(now);
      moved.put(list, copy);
      return copy;
    }
  }

  private Object collection(Collection<?> old) {
    moved.put(old, old);
    List<Object> now = moved(old);
    if (now.stream().noneMatch(Container::isOfCell)) {
      return old;
    }
    @SuppressWarnings("unchecked")
    var same = (Collection<Object>) old;
    if (canChange(old)) {
      later.accept(
          () -> {
            List<Object> before = new ArrayList<>(same);
            try {
              same.clear();
              same.addAll(now);
            } catch (RuntimeException e) {
              same.clear();
              same.addAll(before); // a comparator that only knows the earlier class
              migration.leave(old);
              throw e;
            }
          });
      return old;
    }
    Set<Object> copy = new LinkedHashSet<>();
    later.accept(() -> copy.addAll(now));
    Set<Object> fixed = Collections.unmodifiableSet(copy);
    moved.put(old, fixed);
    return fixed;
  }

  private Object map(Map<?, ?> old) {
    moved.put(old, old);
    List<Object> keys = moved(old.keySet());
    List<Object> values = moved(old.values());
    if (keys.stream().noneMatch(Container::isOfCell) && !differs(old.values(), values)) {
      return old;
    }
    @SuppressWarnings("unchecked")
    var same = (Map<Object, Object>) old;
    boolean fixed = !canChange(old);
    Map<Object, Object> to = fixed ? new LinkedHashMap<>() : same;
    later.accept(
        () -> {
          Map<Object, Object> before = new LinkedHashMap<>(same);
          try {
            to.clear();
            for (int i = 0; i < keys.size(); i++) {
              to.put(keys.get(i), values.get(i));
            }
          } catch (RuntimeException e) {
            to.clear();
            to.putAll(before);
            migration.leave(old);
            throw e;
          }
        });
    if (!fixed) {
      return old;
    }
    Map<Object, Object> copy = Collections.unmodifiableMap(to);
    moved.put(old, copy);
    return copy;
  }

  private List<Object> moved(Collection<?> old) {
    List<Object> now = new ArrayList<>(old.size());
    for (Object each : old) {
      now.add(migration.of(each));
    }
    return now;
  }

  private static boolean differs(Collection<?> old, List<Object> now) {
    int i = 0;
    for (Object each : old) {
      if (each != now.get(i++)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfCell(Object value) {
    return value != null && !CellNames.identities(value.getClass().getName()).isEmpty();
  }

  private static boolean canChange(Object collection) {
    return !FIXED.matcher(collection.getClass().getName()).find();
  }

  /** A set or map by the constants of an enum, which only takes those of one class. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private Object ofEnum(Object value) {
    String name = value instanceof EnumMap ? "keyType" : "elementType";
    Field field = Reflected.fields(value.getClass()).get(name);
    if (field == null) {
      return value;
    }
    var type = (Class) Reflected.get(field, value);
    Class now = newest.apply(type);
    if (value instanceof EnumMap<?, ?> map) {
      var copy = now == type ? (Map) map : new EnumMap(now);
      moved.put(value, copy);
      new LinkedHashMap<>(map)
          .forEach((key, each) -> put(copy, migration.of(key), migration.of(each)));
      return copy;
    }
    if (now == type) {
      return value;
    }
    var copy = EnumSet.noneOf(now);
    moved.put(value, copy);
    for (Object each : (EnumSet<?>) value) {
      add(copy, migration.of(each));
    }
    return copy;
  }

  /** A constant that is gone has no place any more. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void put(Map to, Object key, Object value) {
    if (key != null) {
      to.put(key, value);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void add(EnumSet to, Object element) {
    if (element != null) {
      to.add(element);
    }
  }
}
