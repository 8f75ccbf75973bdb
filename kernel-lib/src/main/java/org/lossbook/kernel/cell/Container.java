package org.lossbook.kernel.cell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Replaces objects in the JDK's collections: in place where they can change, else in a copy. */
final class Container {
  private final Migration migration;
  private final Map<Object, Object> moved;
  private final Consumer<Runnable> later;

  Container(Migration migration, Map<Object, Object> moved, Consumer<Runnable> later) {
    this.migration = migration;
    this.moved = moved;
    this.later = later;
  }

  Object of(Object value) {
    if (!value.getClass().getName().startsWith("java.util.")) {
      return value;
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
    boolean fixed = !canChange(old.keySet());
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

  /** Whether elements can be removed; asks for none, so that nothing changes. */
  private static boolean canChange(Collection<?> collection) {
    try {
      collection.removeIf(each -> false);
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
