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
  private final TextTable table;
  private final Values result;

  LayerSteps(String title, List<Grid> grids, List<List<String>> lines, Values result) {
    this.grids = List.copyOf(grids);
    this.result = result;
    List<List<String>> shown = new ArrayList<>(lines.subList(0, Math.min(LINES, lines.size())));
    if (lines.size() > LINES) {
      shown.add(List.of("…", (lines.size() - LINES) + " more", ""));
    }
    table = TextTable.plain(title, List.of("output", "", ""), shown);
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
