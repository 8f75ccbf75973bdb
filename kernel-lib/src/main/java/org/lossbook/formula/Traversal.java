package org.lossbook.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The parts of a formula, each of them once, operands before what is made of them. A walk by it
 * meets a part that stands in a thousand places once, and needs no stack for a long chain.
 */
final class Traversal {
  private static final int LONG = 500;

  private Traversal() {}

  /** Whether to go down from {@code e} one call inside the other might need too deep a stack. */
  static boolean mayBeDeep(ExprNode e) {
    return e.size() > LONG;
  }

  /** All parts of {@code e}, itself last; from left to right, as they are read. */
  static List<ExprNode> postOrder(ExprNode e) {
    return postOrder(e, part -> false);
  }

  /**
   * The same without what stands inside of some parts.
   *
   * @param isLeaf whether the walk goes no deeper there
   */
  static List<ExprNode> postOrder(ExprNode e, Predicate<ExprNode> isLeaf) {
    List<ExprNode> parts = new ArrayList<>();
    Set<ExprNode> done = new HashSet<>();
    Deque<ExprNode> ahead = new ArrayDeque<>(List.of(e));
    while (!ahead.isEmpty()) {
      ExprNode part = ahead.peek();
      int before = ahead.size();
      if (!done.contains(part) && !isLeaf.test(part)) {
        for (int i = part.args().size() - 1; i >= 0; i--) {
          if (!done.contains(part.arg(i))) {
            ahead.push(part.arg(i));
          }
        }
      }
      if (ahead.size() == before) {
        ahead.pop();
        if (done.add(part)) {
          parts.add(part);
        }
      }
    }
    return parts;
  }
}
