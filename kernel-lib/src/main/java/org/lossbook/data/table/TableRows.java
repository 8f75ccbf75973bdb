package org.lossbook.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Preparation;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.data.view.ForwardingSource;
import org.lossbook.data.view.SampleSource;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;

/** The preprocessed rows of a table. A cell that ends with them shows the first ones. */
final class TableRows extends ForwardingSource implements Dataset, Renderable {
  private static final int SHOWN = 5;

  private final TablePreparation preparation;
  private final SampleSource arrays;
  private final Optional<RuntimeException> noTargets;

  /**
   * @param x the features, row after row
   * @param targets supplies the targets, or throws if there are none; the exception is rethrown
   *     when targets are read
   */
  TableRows(TablePreparation preparation, float[] x, int size, Supplier<float[]> targets) {
    this.preparation = preparation;
    int[] shape = preparation.targets().shape();
    float[] y =
        new float
            [Memory.length(
                Messages.of("table of %,d rows", size),
                Float.BYTES,
                "take fewer rows",
                size,
                Shapes.size(shape))];
    Optional<RuntimeException> missing = Optional.empty();
    try {
      y = targets.get();
    } catch (IllegalArgumentException e) {
      missing = Optional.of(e);
    }
    noTargets = missing;
    arrays =
        Dataset.of(
            Values.of(x, size, preparation.featureNames().size()),
            Values.of(y, Shapes.batched(size, shape)));
  }

  @Override
  protected SampleSource source() {
    return arrays;
  }

  @Override
  public boolean hasLabels() {
    return preparation.targets().isLabels();
  }

  @Override
  public List<String> classNames() {
    return preparation.targets().classNames();
  }

  @Override
  public Optional<Preparation> preparation() {
    return Optional.of(preparation);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    noTargets.ifPresent(
        why -> {
          throw why;
        });
    arrays.gatherY(order, from, count, into);
  }

  /** A description of each feature. */
  TextTable shown() {
    return preparation.shown();
  }

  /** The first rows as numbers: the features, then the targets. */
  TextTable head(int count) {
    int rows = Math.min(count, size());
    List<String> names = new ArrayList<>(preparation.featureNames());
    List<float[]> columns = new ArrayList<>();
    List<List<String>> cells = new ArrayList<>();
    columns.add(x().rows(0, rows).toArray());
    if (noTargets.isEmpty()) {
      names.addAll(preparation.targetNames());
      columns.add(y().rows(0, rows).toArray());
    }
    for (int r = 0; r < rows; r++) {
      List<String> row = new ArrayList<>();
      for (float[] numbers : columns) {
        int width = numbers.length / rows;
        for (int c = 0; c < width; c++) {
          row.add(Descriptions.brief(numbers[r * width + c]));
        }
      }
      cells.add(row);
    }
    return new TextTable(
        toString(), names.stream().map(Column::numbers).toList(), cells, List.of());
  }

  @Override
  public Map<String, String> mimeBundle() {
    return head(SHOWN).mimeBundle();
  }

  /** {@code 314 samples [2], targets []: weight, power → mpg}. */
  @Override
  public String toString() {
    return Messages.of(
        "%s: %s → %s",
        Descriptions.dataset(this),
        Categories.listed(preparation.featureNames()),
        noTargets.isPresent() ? "no target" : String.join(", ", preparation.targets().columns()));
  }
}
