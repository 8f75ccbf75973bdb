package org.lossbook.formula;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * A weak interner: equal values become one object, which is dropped when nothing else refers to it.
 * A part that a formula uses often is then stored once, and comparing two formulas is comparing two
 * references, however large they would be if written out.
 */
final class Interner<T> {
  private final Map<T, WeakReference<T>> all = new WeakHashMap<>();

  /** The canonical value that equals this one. */
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
