package org.lossbook.formula;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Makes equal values one object, and keeps none that nobody else holds. A formula is a graph: a
 * part that stands in it often is there once, and to compare two formulas is to compare two
 * references, however large they would be if they were written out.
 */
final class Interner<T> {
  private final Map<T, WeakReference<T>> all = new WeakHashMap<>();

  /** The first value made that equals this one. */
  synchronized T intern(T made) {
    WeakReference<T> there = all.get(made);
    T known = there == null ? null : there.get();
    if (known == null) {
      all.put(made, new WeakReference<>(made));
      return made;
    }
    return known;
  }
}
