package org.lossbook.engine.onednn.window;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.engine.Interpolation;

/**
 * The weighted pixels of a row that each pixel of a resampled row sums up, as a sparse matrix.
 *
 * @param starts for each row of the matrix where its entries begin, and the end
 * @param columns of the entries
 * @param weights of the entries
 */
record WeightedPixels(int[] starts, int[] columns, float[] weights) {
  private static final double NO_PIXEL = 1000 * Math.ulp(1f);

  /**
   * Of an interpolation from so many pixels to so many.
   *
   * @param antialias whether, where the row gets smaller, the weights reach as much further
   */
  static WeightedPixels of(Interpolation kind, boolean antialias, int from, int to) {
    if (kind == Interpolation.NEAREST) {
      return nearest(from, to);
    }
    double scale = (double) from / to;
    double spread = antialias ? Math.max(scale, 1) : 1;
    int most = (int) Math.ceil(2 * kind.radius() * spread) + 2;
    int[] starts = new int[to + 1];
    int[] columns = new int[Math.multiplyExact(to, Math.min(most, from))];
    float[] weights = new float[columns.length];
    int next = 0;
    for (int i = 0; i < to; i++) {
      double place = (i + 0.5) * scale - 0.5;
      int first = Math.max(0, (int) Math.ceil(place - kind.radius() * spread));
      int last = Math.min(from - 1, (int) Math.floor(place + kind.radius() * spread));
      double sum = 0;
      for (int j = first; j <= last; j++) {
        sum += kind.weight((place - j) / spread);
      }
      for (int j = first; j <= last && Math.abs(sum) > NO_PIXEL; j++) {
        columns[next] = j;
        weights[next] = (float) (kind.weight((place - j) / spread) / sum);
        next++;
      }
      starts[i + 1] = next;
    }
    return new WeightedPixels(starts, Arrays.copyOf(columns, next), Arrays.copyOf(weights, next));
  }

  private static WeightedPixels nearest(int from, int to) {
    int[] columns = new int[to];
    float[] weights = new float[to];
    for (int i = 0; i < to; i++) {
      columns[i] = (int) Math.floor((i + 0.5) * from / to);
      weights[i] = 1;
    }
    return new WeightedPixels(IntStream.rangeClosed(0, to).toArray(), columns, weights);
  }

  /** The transposed matrix, of so many rows: what each pixel contributes to. */
  WeightedPixels transposed(int rows) {
    int[] begin = new int[rows + 1];
    for (int column : columns) {
      begin[column + 1]++;
    }
    for (int i = 0; i < rows; i++) {
      begin[i + 1] += begin[i];
    }
    int[] next = begin.clone();
    int[] from = new int[columns.length];
    float[] by = new float[columns.length];
    for (int row = 0; row < starts.length - 1; row++) {
      for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
        int place = next[columns[entry]]++;
        from[place] = row;
        by[place] = weights[entry];
      }
    }
    return new WeightedPixels(begin, from, by);
  }

  int rows() {
    return starts.length - 1;
  }
}
