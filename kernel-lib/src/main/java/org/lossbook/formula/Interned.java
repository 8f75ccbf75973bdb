package org.lossbook.formula;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Makes two expressions that are written the same one object. A formula is a graph: a part that
 * stands in it often is there once, and to compare two formulas is to compare two references,
 * however large they would be if they were written out.
 */
final class Interned {
  private static final Map<Expr, WeakReference<Expr>> ALL = new WeakHashMap<>();

  private Interned() {}

  static Expr of(Expr made) {
    synchronized (ALL) {
      WeakReference<Expr> there = ALL.get(made);
      Expr known = there == null ? null : there.get();
      if (known == null) {
        ALL.put(made, new WeakReference<>(made));
        return made;
      }
      return known;
    }
  }
}
