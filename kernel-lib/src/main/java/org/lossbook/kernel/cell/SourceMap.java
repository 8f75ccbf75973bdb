package org.lossbook.kernel.cell;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** Maps the snippets of JShell, by their ids, to their places in cells. */
final class SourceMap {
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /** The place of the snippet with JShell's {@code id}; null if it is not of this kernel. */
  Place of(String id) {
    return places.get(id);
  }

  void set(String id, Place place) {
    places.put(id, place);
  }

  /**
   * Adds the snippets of {@code events}, which the one at {@code running} has caused.
   *
   * @param replaced gets those that they replace, with their places
   */
  void add(List<SnippetEvent> events, Place running, Map<String, WholeCell.Replaced> replaced) {
    for (SnippetEvent event : events) {
      String id = event.snippet().id();
      if (event.status() == Snippet.Status.OVERWRITTEN && event.previousStatus().isDefined()) {
        replaced.putIfAbsent(id, new WholeCell.Replaced(event.snippet(), places.get(id)));
      }
    }
    for (SnippetEvent event : events) {
      String id = event.snippet().id();
      Place known = places.get(id);
      // An older snippet, which this one affects, stays where it is.
      places.put(id, event.causeSnippet() == null || known == null ? running : known);
    }
  }
}
