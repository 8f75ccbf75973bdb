package org.lossbook.kernel.cell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;

/**
 * Runs the snippets of a cell one after the other. JShell knows only what stands above a snippet:
 * where one needs what the cell declares further down, those declarations are evaluated together
 * with it.
 */
final class WholeCell {
  /** A snippet of a cell; not complete where brackets are open at the cell's end. */
  record Piece(String source, Place place, boolean complete) {}

  private final CellRunner cells;
  private final JShell shell;
  private final List<Piece> pieces;
  private final Set<Piece> done = new HashSet<>();
  private final Map<Piece, Snippet> evaluated = new LinkedHashMap<>();

  /** By JShell's id, what a snippet of this cell has replaced and how to find its lines. */
  private final Map<String, Replaced> replaced = new LinkedHashMap<>();

  private final List<SnippetEvent> affected = new ArrayList<>();

  /** A snippet that another replaced, and its place. */
  record Replaced(Snippet snippet, Place place) {}

  WholeCell(CellRunner cells, List<Piece> pieces) {
    this.cells = cells;
    this.shell = cells.shell();
    this.pieces = pieces;
  }

  /** Runs {@code piece}, unless one before it needed it; returns its value. */
  Object run(Piece piece) throws CellFailure {
    if (!done.add(piece)) {
      return null; // a declaration
    }
    List<SnippetEvent> events = evaluate(piece, piece.source());
    if (!isWhole(piece)) {
      List<Piece> needed = neededBy(piece);
      if (!needed.isEmpty()) {
        events = together(piece, needed);
      }
    }
    for (Piece each : evaluated.keySet()) {
      if (!shell.status(evaluated.get(each)).isDefined()) {
        CellFailure failure = cells.notCompiled(evaluated.get(each), each.place());
        cells.restore(replaced.values());
        throw failure;
      }
      cells.warn(evaluated.get(each), each.place());
    }
    Object value = cells.result(events, piece.place());
    if (!replaced.isEmpty()) {
      cells.settled(affected);
    }
    evaluated.clear();
    replaced.clear();
    affected.clear();
    return value;
  }

  /** Whether all names are known that {@code piece} uses. */
  private boolean isWhole(Piece piece) {
    Status status = shell.status(evaluated.get(piece));
    return status.isDefined() && status != Status.RECOVERABLE_DEFINED;
  }

  /** The classes and methods further down that {@code piece} uses, and those that they use. */
  private List<Piece> neededBy(Piece piece) {
    Map<Piece, Set<String>> later = new LinkedHashMap<>();
    for (Piece each : pieces.subList(pieces.indexOf(piece) + 1, pieces.size())) {
      Set<String> names = done.contains(each) ? Set.of() : Declared.typesAndMethods(each.source());
      if (!names.isEmpty()) {
        later.put(each, names);
      }
    }
    Set<Piece> needed = new LinkedHashSet<>();
    var asking = new ArrayList<>(List.of(piece));
    for (int i = 0; i < asking.size(); i++) {
      String source = asking.get(i).source();
      later.forEach(
          (each, names) -> {
            if (Declared.mentions(names).matcher(source).find() && needed.add(each)) {
              asking.add(each);
            }
          });
    }
    return pieces.stream().filter(needed::contains).toList();
  }

  /** Evaluates {@code piece} with the declarations that it needs, whichever needs which. */
  private List<SnippetEvent> together(Piece piece, List<Piece> needed) {
    done.addAll(needed);
    boolean declares = !Declared.typesAndMethods(piece.source()).isEmpty();
    var all = new ArrayList<>(needed);
    if (declares) {
      all.add(0, piece);
    }
    // Whether a method overrides another is known only once all of them are there.
    all.forEach(each -> evaluate(each, withoutOverride(each.source())));
    boolean more = true;
    while (more) {
      List<Piece> open = all.stream().filter(each -> !isDefined(each)).toList();
      open.forEach(each -> evaluate(each, withoutOverride(each.source())));
      more = open.stream().anyMatch(this::isDefined);
    }
    List<SnippetEvent> last = List.of();
    for (Piece each : all) {
      boolean changed = !withoutOverride(each.source()).equals(each.source());
      if (isDefined(each) && changed) {
        evaluate(each, each.source());
      }
    }
    if (!declares && all.stream().allMatch(this::isDefined)) {
      last = evaluate(piece, piece.source());
    }
    return last;
  }

  private boolean isDefined(Piece piece) {
    return shell.status(evaluated.get(piece)).isDefined();
  }

  private static String withoutOverride(String source) {
    return source.replaceAll("@Override\\b", "         ");
  }

  private List<SnippetEvent> evaluate(Piece piece, String source) {
    List<SnippetEvent> events = cells.evaluate(source, piece.place(), replaced);
    affected.addAll(events);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        evaluated.put(piece, event.snippet());
        if (!event.status().isDefined()) {
          break;
        }
      }
    }
    return events;
  }
}
