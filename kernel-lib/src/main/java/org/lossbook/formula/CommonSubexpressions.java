package org.lossbook.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Common subexpression elimination for printing: a formula that would fill pages as one line gets
 * names for its parts, {@code u₂·u₂ + u₂, u₁ = x·x + x, u₂ = u₁·u₁ + u₁}, and what occurs in
 * several places is written once.
 */
final class CommonSubexpressions {
  /** The most symbols on one line: the longest of the built-in losses has about as many. */
  private static final int LONGEST = 600;

  private static final int LONGEST_PART = 60;
  private static final int SHORTEST_PART = 3;
  private static final String LETTERS = "uvabcdefgh";

  private final String letter;
  private final Map<ExprNode, Integer> uses = new HashMap<>();
  private final Map<ExprNode, ExprNode> written = new HashMap<>();
  private final Map<ExprNode, Long> lengths = new HashMap<>();
  private final List<ExprNode> named = new ArrayList<>();

  private CommonSubexpressions(List<ExprNode> parts) {
    letter =
        Stream.of(LETTERS.split(""))
            .filter(l -> parts.stream().noneMatch(part -> part.symbol(false).startsWith(l)))
            .findFirst()
            .orElse("part");
    parts.forEach(part -> part.args().forEach(arg -> uses.merge(arg, 1, Integer::sum)));
  }

  /** The abbreviated formula, or {@code e} itself if it is short enough. */
  static ExprNode of(ExprNode e) {
    if (e.size() <= LONGEST) {
      return e;
    }
    List<ExprNode> parts = Traversal.postOrder(e);
    if (length(parts) <= LONGEST) {
      return e;
    }
    var abbreviated = new CommonSubexpressions(parts);
    parts.forEach(part -> abbreviated.write(part, part.equals(e)));
    return abbreviated.written.get(e);
  }

  /** The number of symbols on the whole line, where the definition of a name counts once. */
  private static long length(List<ExprNode> parts) {
    Map<ExprNode, Long> lengths = new HashMap<>();
    long names = 0;
    for (ExprNode part : parts) {
      long length = Math.min(LONGEST, part.args().stream().mapToLong(lengths::get).sum()) + 1;
      boolean isNamed = part.op() == Leaves.ALIAS;
      names += isNamed ? length : 0;
      lengths.put(part, isNamed ? 1 : length);
    }
    return names + lengths.get(parts.get(parts.size() - 1));
  }

  private void write(ExprNode part, boolean isWhole) {
    ExprNode[] operands = part.args().stream().map(written::get).toArray(ExprNode[]::new);
    ExprNode now = List.of(operands).equals(part.args()) ? part : part.with(operands);
    long length = 1 + part.args().stream().mapToLong(lengths::get).sum();
    boolean isShared = uses.getOrDefault(part, 0) > 1 && length > SHORTEST_PART;
    if (part.op() == Leaves.ALIAS) {
      length = 1;
    } else if (!isWhole && (isShared || length > LONGEST_PART)) {
      named.add(now);
      String number = Integer.toString(named.size());
      now = now.as(letter + Numbers.subscript(number), letter + "_{" + number + "}");
      length = 1;
    }
    written.put(part, now);
    lengths.put(part, length);
  }
}
