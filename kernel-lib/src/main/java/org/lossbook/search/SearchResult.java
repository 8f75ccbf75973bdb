package org.lossbook.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.model.Model;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;
import org.lossbook.plot.Figure;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The result of a {@link Search}: its trials, the best first. It displays as a table; {@link
 * #plot()} shows all trials, {@link #best()} is the best one and {@link #bestModel()} its trained
 * model.
 */
public final class SearchResult implements Renderable {
  private static final int MOST_ROWS = 20;

  private final List<Trial> trials;
  private final Space space;
  private final String figure;
  private final boolean rising;
  private final Optional<Model> model;
  private final String state;

  /**
   * @param figure the figure by which trials are compared
   * @param model the best trial's
   * @param state how far the search is; empty if it is done
   */
  SearchResult(
      List<Trial> trials,
      Space space,
      String figure,
      boolean rising,
      Optional<Model> model,
      String state) {
    this.trials = List.copyOf(trials);
    this.space = space;
    this.figure = figure;
    this.rising = rising;
    this.model = model;
    this.state = state;
  }

  /**
   * All trials, the best first; those trained longest come before those that were dropped earlier.
   */
  public List<Trial> trials() {
    return trials;
  }

  /**
   * The best trial.
   *
   * @throws IllegalStateException if none finished; the message says why the first one failed
   */
  public Trial best() {
    return trials.stream()
        .filter(trial -> trial.failure().isEmpty())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(noneFinished()));
  }

  private String noneFinished() {
    return trials.isEmpty()
        ? "best expects a finished trial but there is none yet: call fit first."
        : Messages.of(
            "best expects a finished trial but all %d failed; trial %d with: %s",
            trials.size(), trials.get(0).number(), trials.get(0).failure().orElseThrow());
  }

  /**
   * The trained model of the best trial. It stays open; all others were closed.
   *
   * @throws IllegalStateException if no trial finished
   */
  public Model bestModel() {
    best();
    return model.orElseThrow();
  }

  /**
   * The trials as a Tablesaw table, the best first: one row per trial, one column per setting or
   * figure.
   */
  public Table table() {
    Table table = Table.create("trials");
    Set<String> settings =
        space.dimensions().stream().map(Space.Dimension::name).collect(Collectors.toSet());
    table.addColumns(IntColumn.create("trial", trials.stream().mapToInt(Trial::number).toArray()));
    for (Space.Dimension dimension : space.dimensions()) {
      String name = dimension.name();
      table.addColumns(
          dimension.isNumeric()
              ? DoubleColumn.create(
                  name, trials.stream().mapToDouble(t -> t.settings().number(name)).toArray())
              : StringColumn.create(
                  name,
                  trials.stream()
                      .map(t -> Candidate.text(t.settings().values().get(name)))
                      .toList()));
    }
    for (String name : figures(trials, figure)) {
      DoubleColumn column = DoubleColumn.create(head(name, settings));
      trials.forEach(t -> append(column, t.figures().get(name)));
      table.addColumns(column);
    }
    table.addColumns(
        IntColumn.create("epochs", trials.stream().mapToInt(Trial::epochs).toArray()),
        DoubleColumn.create("seconds", trials.stream().mapToDouble(Trial::seconds).toArray()),
        StringColumn.create("failure", trials.stream().map(t -> t.failure().orElse("")).toList()));
    return table;
  }

  private static void append(DoubleColumn column, Double value) {
    if (value == null) {
      column.appendMissing();
    } else {
      column.append(value);
    }
  }

  /** The name of a figure's column, because a setting may be called {@code loss} too. */
  private static String head(String figure, Set<String> settings) {
    return settings.contains(figure) ? figure + " (measured)" : figure;
  }

  /** The names of the figures, the compared one first. */
  private static Set<String> figures(List<Trial> trials, String first) {
    Set<String> names = new LinkedHashSet<>();
    names.add(first);
    trials.forEach(trial -> names.addAll(trial.figures().keySet()));
    names.remove("learning_rate");
    return names;
  }

  /**
   * All trials in a plot: a heat map for two settings with a few values each, else parallel
   * coordinates.
   */
  public Figure plot() {
    best();
    return new SearchPicture(space, trials, figure, rising).figure();
  }

  static TextTable table(String caption, List<Trial> trials, String figure, List<String> footer) {
    List<Column> head = new ArrayList<>();
    head.add(Column.numbers("trial"));
    Map<String, Object> settings = trials.get(0).settings().values();
    settings.forEach((name, value) -> head.add(new Column(name, value instanceof Number)));
    Set<String> figures = figures(trials, figure);
    figures.forEach(name -> head.add(Column.numbers(head(name, settings.keySet()))));
    head.add(Column.numbers("epochs"));
    boolean failures = trials.stream().anyMatch(trial -> trial.failure().isPresent());
    if (failures) {
      head.add(Column.words("failed with"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : trials) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(trial.number()));
      settings.keySet().forEach(n -> row.add(Candidate.text(trial.settings().values().get(n))));
      figures.forEach(n -> row.add(trial.figures().containsKey(n) ? Trial.text(trial.get(n)) : ""));
      row.add(Integer.toString(trial.epochs()));
      if (failures) {
        row.add(trial.failure().map(why -> why.split("[:\\n]")[0]).orElse(""));
      }
      rows.add(row);
    }
    return new TextTable(caption, head, rows, footer);
  }

  private TextTable shown() {
    return trials.isEmpty()
        ? new TextTable(state, List.of(Column.words("no trial yet")), List.of(), List.of())
        : table(
            state,
            trials.stream().limit(MOST_ROWS).toList(),
            figure,
            List.of(
                Messages.of(
                    "the best first: by %s, %s%s",
                    figure,
                    rising ? "more is better" : "less is better",
                    trials.size() <= MOST_ROWS
                        ? ""
                        : Messages.of("; %d more are in table()", trials.size() - MOST_ROWS))));
  }

  @Override
  public Map<String, String> mimeBundle() {
    return shown().mimeBundle();
  }

  /** The table as text. */
  @Override
  public String toString() {
    return shown().toString();
  }
}
