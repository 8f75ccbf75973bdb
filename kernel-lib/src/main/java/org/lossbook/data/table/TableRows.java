package org.lossbook.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
  private final List<List<?>> texts;
  private final Optional<RuntimeException> noTargets;

  /**
   * @param x the features: columns of texts, each a list, and the numbers of the others
   * @param targets supplies the targets, or throws if there are none; the exception is rethrown
   *     when targets are read
   */
  TableRows(TablePreparation preparation, List<Object> x, int size, Supplier<float[]> targets) {
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
    arrays = Dataset.of(x.size() == 1 ? x.get(0) : x, Values.of(y, Shapes.batched(size, shape)));
    texts = columnsOfTexts(x);
  }

  private static List<List<?>> columnsOfTexts(List<Object> x) {
    List<List<?>> columns = new ArrayList<>();
    for (Object value : x) {
      if (value instanceof List<?> column) {
        columns.add(column);
      }
    }
    return columns;
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

  /** The first rows as the model gets them: texts, the other features, then the targets. */
  TextTable head(int count) {
    int rows = Math.min(count, size());
    List<Column> head = new ArrayList<>();
    List<float[]> columns = new ArrayList<>();
    boolean haveNumbers = preparation.featureNames().size() > texts.size();
    preparation.textNames().forEach(name -> head.add(Column.words(name)));
    if (haveNumbers) {
      preparation.numberNames().forEach(name -> head.add(Column.numbers(name)));
      columns.add(numbers(rows));
    }
    if (noTargets.isEmpty()) {
      preparation.targetNames().forEach(name -> head.add(Column.numbers(name)));
      columns.add(y().rows(0, rows).toArray());
    }
    List<List<String>> cells = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      List<String> row = new ArrayList<>();
      for (List<?> column : texts) {
        row.add((String) column.get(r));
      }
      for (float[] numbers : columns) {
        int width = numbers.length / rows;
        for (int c = 0; c < width; c++) {
          row.add(Descriptions.brief(numbers[r * width + c]));
        }
      }
      cells.add(row);
    }
    return new TextTable(toString(), head, cells, List.of());
  }

  /** The features that are numbers, which stand behind the texts' places. */
  private float[] numbers(int rows) {
    int width = Shapes.size(sampleShape());
    float[] all = new float[rows * width];
    gatherX(IntStream.range(0, rows).toArray(), 0, rows, all);
    int own = width - texts.size();
    float[] numbers = new float[rows * own];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(all, r * width + texts.size(), numbers, r * own, own);
    }
    return numbers;
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
