package org.lossbook.callback;

import static org.lossbook.notebook.TextTable.Column.numbers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lossbook.base.Figures;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.plot.Curves;
import org.lossbook.plot.Figure;
import org.lossbook.plot.LearningCurves;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The history of a run of {@code model.fit}: its loss and metrics, epoch by epoch. {@code loss} and
 * the metrics are running means over the epoch, while the model was still improving; figures that
 * begin with {@code val_} were measured at the end of the epoch.
 *
 * <p>{@code last("val_accuracy")} is the value of the last epoch, {@code get("loss")} the list of
 * all epochs' values, {@code plot()} draws loss and metrics in training and validation, and {@code
 * table()} is a Tablesaw table.
 *
 * <pre>{@code
 * sequential(input(1), dense(1)).compile(sgd(), mse())
 *     .fit(matrix(row(1), row(2)), vector(2, 4), epochs(3).quiet()).get("loss").size()   // 3
 * }</pre>
 */
public final class History implements Renderable {
  private static final String MEANING =
      "loss and metrics: of all samples while the epoch ran; val_: measured at its end";

  private final List<Epoch> epochs;
  private final Optional<String> stopped;
  private final List<String> notes;
  private final boolean broken;

  /**
   * One epoch.
   *
   * @param number counted from 1
   * @param figures by name; a stopped epoch has no {@code val_} figures
   * @param batches how many were done
   * @param allBatches how many a whole epoch has; 0 if unknown because it was stopped
   * @param seconds how long it took, validation included
   */
  public record Epoch(
      int number, Map<String, Double> figures, int batches, int allBatches, double seconds) {
    /** The end of the epoch on the axis of epochs: its number, or less if it was stopped. */
    public double end() {
      return number - 1 + (allBatches == 0 ? 0.5 : (double) batches / allBatches);
    }

    /** Whether it was stopped early. */
    public boolean isPartial() {
      return allBatches == 0 || batches < allBatches;
    }
  }

  /**
   * @param broken whether a NaN or infinite loss stopped it
   */
  public History(List<Epoch> epochs, Optional<String> stopped, List<String> notes, boolean broken) {
    this.epochs = List.copyOf(epochs);
    this.broken = broken;
    this.stopped = stopped;
    this.notes = List.copyOf(notes);
  }

  /** The epochs of this run; the last one may be partial. */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * Why the run ended before its last epoch: {@code earlyStopping: val_loss has not improved since
   * epoch 7}; empty if it did not.
   */
  public Optional<String> stopped() {
    return stopped;
  }

  /** Whether a loss that became NaN or infinite ended the run. */
  public boolean isBroken() {
    return broken;
  }

  /** What the callbacks did, {@code earlyStopping: the weights are those of epoch 7, …}. */
  public List<String> notes() {
    return notes;
  }

  /** The names of the figures: {@code loss}, {@code accuracy}, {@code val_loss}, … */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.figures().keySet()));
    return names;
  }

  /**
   * The values of a figure, one per epoch.
   *
   * @throws IllegalArgumentException if there is none of that name; the message lists them
   */
  public List<Double> get(String name) {
    Require.given(name, "history", "the name of a figure", "\"loss\" is one");
    List<Double> values =
        epochs.stream()
            .map(Epoch::figures)
            .filter(figures -> figures.containsKey(name))
            .map(figures -> figures.get(name))
            .toList();
    if (values.isEmpty()) {
      throw Messages.wrong(
          "The history has no %s: it has %s.%s",
          name,
          names().isEmpty() ? "no whole batch yet" : String.join(", ", names()),
          name.startsWith("val_") ? " Give fit a validation(…) dataset for it." : "");
    }
    return values;
  }

  /** The last value of a figure. */
  public double last(String name) {
    List<Double> values = get(name);
    return values.get(values.size() - 1);
  }

  /** The history as a Tablesaw table: one row per epoch, one column per figure. */
  public Table table() {
    Table table = Table.create("history");
    table.addColumns(IntColumn.create("epoch", epochs.stream().mapToInt(Epoch::number).toArray()));
    for (String name : names()) {
      DoubleColumn column = DoubleColumn.create(name);
      for (Epoch epoch : epochs) {
        Double value = epoch.figures().get(name);
        if (value == null) {
          column.appendMissing();
        } else {
          column.append(value);
        }
      }
      table.addColumns(column);
    }
    return table;
  }

  /** The learning curves: loss and first metric over the epochs, for training and validation. */
  public Figure plot() {
    return plot(
        names().stream()
            .filter(name -> !name.startsWith("val_"))
            .limit(LearningCurves.PANELS)
            .toArray(String[]::new));
  }

  /** The learning curves of these figures, each with its validation: {@code plot("accuracy")}. */
  public Figure plot(String... names) {
    Require.each(names, "plot", "names of figures", "plot(\"loss\") has one");
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException(
          "plot expects a history of at least one epoch but receives none: call fit first.");
    }
    return Curves.beside(
        Arrays.stream(names)
            .map(
                name ->
                    LearningCurves.of(
                        name,
                        "training, mean",
                        points(name),
                        Optional.of("val_" + name).filter(names()::contains).map(this::points)))
            .toArray(Curves[]::new));
  }

  private LearningCurves.Points points(String name) {
    get(name); // checks the name
    List<Epoch> having =
        epochs.stream().filter(epoch -> epoch.figures().containsKey(name)).toList();
    return new LearningCurves.Points(
        having.stream().mapToDouble(Epoch::end).toArray(),
        having.stream().mapToDouble(epoch -> epoch.figures().get(name)).toArray());
  }

  private TextTable shown() {
    List<TextTable.Column> head = new ArrayList<>();
    head.add(numbers("epoch"));
    names().forEach(name -> head.add(numbers(name)));
    head.add(numbers("seconds"));
    List<List<String>> rows = new ArrayList<>();
    for (Epoch epoch : epochs) {
      List<String> row = new ArrayList<>();
      row.add(
          epoch.isPartial()
              ? Messages.of(
                  "%d (%s)", epoch.number(), Messages.batches(epoch.batches(), epoch.allBatches()))
              : Integer.toString(epoch.number()));
      for (String name : names()) {
        Double value = epoch.figures().get(name);
        row.add(value == null ? "" : Figures.text(value));
      }
      row.add(Messages.of(epoch.seconds() < 10 ? "%.2f" : "%.0f", epoch.seconds()));
      rows.add(row);
    }
    var footer = new ArrayList<>(notes);
    footer.add(MEANING);
    return new TextTable(stopped.orElse(""), head, rows, footer);
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
