package org.lossbook.loss.check;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.spec.ClassWeights;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Reduction;
import org.lossbook.loss.spec.Target;

/**
 * A batch as it came, brought into rows and checked: nothing is reshaped or repaired.
 *
 * @param y {@code rows × targets}
 * @param yHat {@code rows × columns}
 * @param weights one a row, or null for all ones
 * @param rows one at each position of the samples; a sample is one row where it has no positions
 * @param shape in which ŷ came, {@code [n, h, w, c]}
 * @hidden
 */
@Internal
public record LossInputs(
    LossSpec loss,
    double[] y,
    double[] yHat,
    double[] weights,
    int rows,
    int columns,
    int[] shape) {

  public static LossInputs of(LossSpec loss, Object y, Object yHat) {
    if (loss.target() == Target.SEQUENCE) {
      return SequenceInputs.of(loss, y, yHat);
    }
    BatchMatrix prediction = BatchMatrix.of(loss, yHat, loss.prediction().isRow());
    boolean isRow = loss.prediction().isRow() && !loss.target().isOnePerSample();
    BatchMatrix truth = BatchMatrix.of(loss, y, isRow);
    if (prediction.isDeep() || truth.isDeep()) {
      truth = truth.beside(loss, prediction);
    }
    if (truth.rows() != prediction.rows()) {
      throw new IllegalArgumentException(
          loss.name()
              + " expects as many samples in y as in ŷ but receives "
              + truth
              + " and "
              + prediction
              + ": "
              + fix(loss, truth, prediction, isRow)
              + ".");
    }
    LossChecks.targetWidth(loss, truth.columns(), prediction.columns());
    LossChecks.targets(loss, truth.numbers(), truth.rows(), prediction.columns());
    LossChecks.predictions(loss, prediction.numbers(), prediction.rows(), prediction.columns());
    return new LossInputs(
        loss,
        truth.numbers(),
        prediction.numbers(),
        null,
        prediction.rows(),
        prediction.columns(),
        prediction.shape());
  }

  /** A vector that is one sample is easily taken for many. */
  private static String fix(
      LossSpec loss, BatchMatrix truth, BatchMatrix prediction, boolean truthIsRow) {
    if (loss.prediction().isRow() && prediction.shape().length == 1) {
      return "a vector ŷ is one sample here, so make it a matrix, a row for each sample";
    }
    return truthIsRow && truth.shape().length == 1
        ? "a vector y is one sample here, so make it a matrix, a row for each sample"
        : "give each truth its prediction";
  }

  /** Whether a row does not count. */
  public boolean isIgnored(int row) {
    return loss.ignored().isPresent() && y.length == rows && y[row] == loss.ignored().getAsInt();
  }

  /** The truth, with one that the loss knows in place of ignored ones. */
  public double[] knownY() {
    return IntStream.range(0, y.length)
        .mapToDouble(i -> y.length == rows && isIgnored(i) ? loss.neutralTruth() : y[i])
        .toArray();
  }

  /** The positions that the rows are at, {@code [n, h, w]}. */
  private int[] positions() {
    return BatchMatrix.positions(rows, shape);
  }

  /** The shape of a prediction. */
  public int[] sample() {
    int[] positions = positions();
    int[] sample = Arrays.copyOfRange(positions, 1, positions.length + 1);
    sample[sample.length - 1] = columns;
    return sample;
  }

  /** The same as rows along the axes that the loss's sums run over. */
  public LossInputs overAxes() {
    AxisRows axes = new AxisRows(loss, sample());
    int[] places = axes.places(positions()[0]);
    int width = axes.width();
    int count = y.length / width;
    double[] each =
        weights == null
            ? null
            : IntStream.range(0, count)
                .mapToDouble(r -> weights[places[r * width] / columns])
                .toArray();
    return new LossInputs(
        loss.overRows(),
        Arrays.stream(places).mapToDouble(i -> y[i]).toArray(),
        Arrays.stream(places).mapToDouble(i -> yHat[i]).toArray(),
        each,
        count,
        width,
        new int[] {count});
  }

  /** The same with a row for each output. */
  public LossInputs byOutput() {
    double[] each =
        weights == null
            ? null
            : IntStream.range(0, y.length).mapToDouble(i -> weights[i / columns]).toArray();
    return new LossInputs(loss, y, yHat, each, rows * columns, 1, new int[] {rows * columns});
  }

  /** What each sample counts, its class's weight included; empty where all count alike. */
  public Optional<double[]> counts() {
    if (loss.classWeights().isEmpty() && (weights == null || loss.ignored().isEmpty())) {
      return Optional.ofNullable(weights);
    }
    Optional<ClassWeights.Table> table =
        loss.classWeights().map(classes -> classes.table(loss.targets(columns)));
    return Optional.of(
        IntStream.range(0, rows)
            .mapToDouble(
                i ->
                    isIgnored(i)
                        ? 0
                        : table.map(classes -> classes.of(y, i)).orElse(1.0)
                            * (weights == null ? 1 : weights[i]))
            .toArray());
  }

  public LossInputs weighted(Object given) {
    loss.checkSeesSamples("weights");
    BatchMatrix each = BatchMatrix.of(loss, given, false);
    int[] positions = positions();
    int samples = positions.length == 0 ? 1 : positions[0];
    boolean isOfSamples = each.numbers().length == samples && each.rows() == samples;
    boolean isOfPositions = Arrays.equals(Shapes.trimmed(each.shape()), Shapes.trimmed(positions));
    if (!isOfSamples && !isOfPositions) {
      throw new IllegalArgumentException(
          loss.name()
              + " expects one weight for each of the "
              + samples
              + " samples"
              + (rows == samples
                  ? ""
                  : ", or for each position, " + Arrays.toString(positions) + ",")
              + " but receives "
              + each
              + ": give a vector of "
              + samples
              + ".");
    }
    LossChecks.weights(loss, each.numbers());
    if (loss.reduction() == Reduction.WEIGHTED_MEAN && Arrays.stream(each.numbers()).sum() == 0) {
      throw new IllegalArgumentException(
          loss.name()
              + ".weightedMean() expects weights that do not sum to 0 but receives "
              + Arrays.toString(each.numbers())
              + ": it divides by their sum; .mean() divides by the number of samples.");
    }
    double[] ofRows =
        IntStream.range(0, rows)
            .mapToDouble(i -> each.numbers()[isOfPositions ? i : i / (rows / samples)])
            .toArray();
    return new LossInputs(loss, y, yHat, ofRows, rows, columns, shape);
  }
}
