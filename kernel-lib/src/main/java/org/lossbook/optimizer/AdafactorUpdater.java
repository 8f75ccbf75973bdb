package org.lossbook.optimizer;

import java.util.Arrays;
import java.util.Optional;
import org.lossbook.engine.Parameters;

/**
 * Adafactor's state and update. The first look at all gradients sums their squares by rows and
 * columns, the second measures the steps.
 */
final class AdafactorUpdater extends ParameterwiseUpdater {
  private final Adafactor settings;
  private final int[] firstRow; // of each parameter among all rows; of others than matrices none
  private final int[] firstColumn;
  private final ChunkedVector rows;
  private final ChunkedVector columns;
  private final ChunkedVector velocity;
  private final double[] rowSums; // of squared gradients in this step
  private final double[] columnSums;
  private final float[] rowShares; // of their mean
  private final float[] columnMeans;
  private final double[] squaresOfWeights; // of each parameter
  private final double[] squaresOfUpdates;
  private final float[] sizes; // of each parameter's step
  private double rate;
  private double rest; // 1 − β

  AdafactorUpdater(Adafactor settings, ParameterLayout layout) {
    super(settings, layout);
    this.settings = settings;
    firstRow = new int[layout.count() + 1];
    firstColumn = new int[layout.count() + 1];
    for (int p = 0; p < layout.count(); p++) {
      firstRow[p + 1] = firstRow[p] + (isMatrix(p) ? layout.size(p) / width(p) : 0);
      firstColumn[p + 1] = firstColumn[p] + (isMatrix(p) ? layout.size(p) / height(p) : 0);
    }
    int rowCount = firstRow[layout.count()];
    int columnCount = firstColumn[layout.count()];
    rows = vector("r", rowCount, 0);
    columns = vector("c", columnCount, 0);
    velocity = vector("velocity"); // the last, as in Keras
    rowSums = new double[rowCount];
    rowShares = new float[rowCount];
    columnSums = new double[columnCount];
    columnMeans = new float[columnCount];
    squaresOfWeights = new double[layout.count()];
    squaresOfUpdates = new double[layout.count()];
    sizes = new float[layout.count()];
  }

  /** Whether rows and columns stand for the numbers; the last two axes are theirs. */
  private boolean isMatrix(int parameter) {
    return layout().rank(parameter) >= 2 && layout().size(parameter) > 0;
  }

  private int width(int parameter) {
    int[] shape = layout().shape(parameter);
    return shape[shape.length - 1];
  }

  private int height(int parameter) {
    int[] shape = layout().shape(parameter);
    return shape[shape.length - 2];
  }

  @Override
  public int surveys() {
    return 2;
  }

  @Override
  public Optional<StatePart> stateOf(String vector, Parameters.Slot slot) {
    boolean ofRows = vector.equals("r");
    if (!ofRows && !vector.equals("c")) {
      return super.stateOf(vector, slot);
    }
    int p = layout().at(slot.offset());
    if (!isMatrix(p)) {
      return Optional.of(StatePart.PLACEHOLDER);
    }
    int[] shape = layout().shape(p);
    int[] part = Arrays.copyOf(shape, shape.length - 1);
    if (!ofRows) {
      part[part.length - 1] = shape[shape.length - 1];
    }
    return Optional.of(new StatePart(ofRows ? firstRow[p] : firstColumn[p], part));
  }

  @Override
  void begin(long step, float rate) {
    this.rate = Math.min(rate, 1 / Math.sqrt(step));
    rest = Math.pow(step, settings.beta2Decay());
    Arrays.fill(rowSums, 0);
    Arrays.fill(columnSums, 0);
    Arrays.fill(squaresOfWeights, 0);
    Arrays.fill(squaresOfUpdates, 0);
  }

  @Override
  void look(int pass, float[] weights, float[] gradients, int offset, int count) {
    int from = 0;
    for (int p = layout().at(offset); from < count; p++) {
      int to = Math.min(count, layout().end(p) - offset);
      if (pass == 0) {
        squaresOfWeights[p] += squares(weights, from, to);
        addSquares(p, gradients, offset, from, to);
      } else {
        spread(p, offset, from, to);
        squaresOfUpdates[p] += updates(gradients, velocity.from(offset), from, to);
      }
      from = to;
    }
  }

  private void addSquares(int p, float[] g, int offset, int from, int to) {
    double e = settings.epsilon1();
    if (!isMatrix(p)) {
      float[] v = velocity.from(offset);
      for (int i = from; i < to; i++) {
        v[i] = (float) (v[i] + rest * ((double) g[i] * g[i] + e - v[i]));
      }
      return;
    }
    int width = width(p);
    for (int i = from; i < to; ) {
      int inside = offset + i - layout().start(p);
      int row = inside / width;
      int column = inside % width;
      int end = Math.min(to, i + width - column);
      int at = firstColumn[p] + row / height(p) * width + column - i;
      double sum = 0;
      for (int k = i; k < end; k++) {
        double square = (double) g[k] * g[k] + e;
        sum += square;
        columnSums[at + k] += square;
      }
      rowSums[firstRow[p] + row] += sum;
      i = end;
    }
  }

  @Override
  public void surveyed(int pass) {
    for (int p = 0; p < layout().count(); p++) {
      if (pass == 0 && isMatrix(p)) {
        average(p);
      } else if (pass == 1 && layout().size(p) > 0) {
        double weight = Math.sqrt(squaresOfWeights[p] / layout().size(p));
        double update = Math.sqrt(squaresOfUpdates[p] / layout().size(p));
        double alpha = Math.max(settings.epsilon2(), weight) * rate;
        sizes[p] = (float) (alpha / Math.max(1, update / settings.clipThreshold()));
      }
    }
  }

  /** Updates the means of a matrix's rows and columns, of each of several ones that lie in it. */
  private void average(int p) {
    int height = height(p);
    int width = width(p);
    for (int first = firstRow[p]; first < firstRow[p + 1]; first += height) {
      double sum = 0;
      for (int row = first; row < first + height; row++) {
        sum += rows.move(row, rest, rowSums[row] / width);
      }
      for (int row = first; row < first + height; row++) {
        rowShares[row] = (float) (rows.get(row) / (sum / height));
      }
    }
    for (int column = firstColumn[p]; column < firstColumn[p + 1]; column++) {
      columnMeans[column] = columns.move(column, rest, columnSums[column] / height);
    }
  }

  /** Computes a matrix's mean squares from those of its rows and columns. */
  private void spread(int p, int offset, int from, int to) {
    if (!isMatrix(p)) {
      return;
    }
    float[] v = velocity.from(offset);
    int width = width(p);
    for (int i = from; i < to; ) {
      int inside = offset + i - layout().start(p);
      int row = inside / width;
      int column = inside % width;
      int end = Math.min(to, i + width - column);
      int at = firstColumn[p] + row / height(p) * width + column - i;
      float share = rowShares[firstRow[p] + row];
      for (int k = i; k < end; k++) {
        v[k] = share * columnMeans[at + k];
      }
      i = end;
    }
  }

  private static double updates(float[] g, float[] v, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
      sum += (double) gradient * gradient / v[i];
    }
    return sum;
  }

  @Override
  void move(int p, float[] w, float[] g, int offset, int from, int to) {
    float[] v = velocity.from(offset);
    float size = sizes[p];
    for (int i = from; i < to; i++) {
      float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
      w[i] -= size * gradient / (float) Math.sqrt(v[i]);
    }
  }
}
