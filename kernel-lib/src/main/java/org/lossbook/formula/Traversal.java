package org.lossbook.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Post-order traversal of an expression graph: each node once, operands before the nodes that use
 * them. A node used in a thousand places is visited once, and a long chain needs no deep stack.
 */
final class Traversal {
  private static final int LONG = 500;

  private Traversal() {}

  /** Whether recursion from {@code e} down might overflow the stack. */
  static boolean mayBeDeep(ExprNode e) {
    return e.size() > LONG;
  }

  /** All nodes of {@code e}, itself last, from left to right. */
  static List<ExprNode> postOrder(ExprNode e) {
    return postOrder(e, part -> false);
  }

  /**
   * The same without the operands of some nodes.
   *
   * @param isLeaf whether not to visit a node's operands
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
