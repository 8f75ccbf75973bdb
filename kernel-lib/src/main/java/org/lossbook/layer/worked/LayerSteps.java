package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.data.Values;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;

/**
 * Worked steps of a layer on one input: a picture where it has a window, and a line for each
 * output.
 */
public final class LayerSteps implements Renderable {
  /** So many lines are shown. */
  private static final int LINES = 16;

  private final List<Grid> grids;
  private final List<List<String>> lines;
  private final TextTable table;
  private final Values result;

  LayerSteps(String title, List<Grid> grids, List<List<String>> lines, Values result) {
    this(title, grids, lines, LINES, result);
  }

  /** Shows at most so many lines. */
  LayerSteps(String title, List<Grid> grids, List<List<String>> lines, int most, Values result) {
    this.grids = List.copyOf(grids);
    this.lines = List.copyOf(lines);
    this.result = result;
    List<List<String>> shown = new ArrayList<>(lines.subList(0, Math.min(most, lines.size())));
    if (lines.size() > most) {
      shown.add(List.of("…", (lines.size() - most) + " more", ""));
    }
    table = TextTable.plain(title, List.of("output", "", ""), shown);
  }

  /**
   * What a second layer makes of these results, place by place.
   *
   * @param own how many lines a place has here
   * @param prefix of these lines' names
   * @param others how many it has in the second
   */
  LayerSteps thenEach(int own, String prefix, LayerSteps second, int others) {
    List<List<String>> all = new ArrayList<>();
    for (int place = 0; place * own < lines.size(); place++) {
      for (List<String> line : lines.subList(place * own, (place + 1) * own)) {
        all.add(List.of(prefix + line.get(0), line.get(1), line.get(2)));
      }
      all.addAll(second.lines.subList(place * others, (place + 1) * others));
    }
    List<Grid> pictures = new ArrayList<>(grids);
    if (!pictures.isEmpty()) {
      pictures.set(pictures.size() - 1, second.grids.get(second.grids.size() - 1));
    }
    return new LayerSteps(table.caption(), pictures, all, second.result);
  }

  /** All lines, also those that are not shown: a name, the steps, a number. */
  List<List<String>> lines() {
    return lines;
  }

  /** What the layer gives, without the axis of the batch. */
  public Values result() {
    return result;
  }

  @Override
  public Map<String, String> mimeBundle() {
    String pictures =
        grids.isEmpty()
            ? ""
            : grids.stream()
                .map(Grid::html)
                .collect(
                    Collectors.joining(
                        "",
                        "<div style=\"display:flex;flex-wrap:wrap;gap:24px;align-items:flex-end;"
                            + "margin:4px 0 12px\">",
                        "</div>"));
    return Map.of("text/html", pictures + table.html());
  }

  /** The picture and the same table in text. */
  @Override
  public String toString() {
    return grids.stream().map(grid -> grid + "\n\n").collect(Collectors.joining()) + table;
  }
}
