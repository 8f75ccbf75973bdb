package org.lossbook.kernel;

import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The history of this session's cells, for the arrow keys of a console. Outputs are not kept. */
final class CellHistory implements HistoryManager {
  private static final int SESSION = 1;

  private final List<HistoryEntry> entries = new ArrayList<>();

  /** Adds the cell with number {@code cell}. */
  synchronized void add(int cell, String code) {
    entries.add(new HistoryEntry(SESSION, cell, code));
  }

  @Override
  public synchronized List<HistoryEntry> lookupTail(int length, Set<ResultFlag> flags) {
    return last(entries, length, flags);
  }

  @Override
  public synchronized List<HistoryEntry> lookupRange(
      int session, int start, int stop, Set<ResultFlag> flags) {
    boolean current = session == 0 || session == SESSION;
    var range =
        entries.stream()
            .filter(e -> current && e.getCellNumber() >= start && e.getCellNumber() < stop)
            .toList();
    return last(range, range.size(), flags);
  }

  @Override
  public synchronized List<HistoryEntry> search(String glob, int length, Set<ResultFlag> flags) {
    Pattern pattern = pattern(glob);
    var found = entries.stream().filter(e -> pattern.matcher(e.getInput()).matches()).toList();
    if (!flags.contains(ResultFlag.UNIQUE)) {
      return last(found, length, flags);
    }
    var byText = new LinkedHashMap<String, HistoryEntry>();
    for (HistoryEntry each : found) {
      byText.remove(each.getInput()); // of equal cells the latest is shown
      byText.put(each.getInput(), each);
    }
    return last(List.copyOf(byText.values()), length, flags);
  }

  private static List<HistoryEntry> last(
      List<HistoryEntry> from, int length, Set<ResultFlag> flags) {
    int start = length <= 0 ? 0 : Math.max(0, from.size() - length);
    boolean output = flags.contains(ResultFlag.INCLUDE_OUTPUT);
    return from.subList(start, from.size()).stream()
        .map(
            e -> output ? new HistoryEntry(e.getSession(), e.getCellNumber(), e.getInput(), "") : e)
        .toList();
  }

  /** Jupyter's glob: {@code *}, {@code ?}, and lists in brackets. */
  private static Pattern pattern(String glob) {
    var regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[', ']', '^', '-' -> regex.append(c);
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (java.util.regex.PatternSyntaxException e) {
      return Pattern.compile(Pattern.quote(glob));
    }
  }
}
