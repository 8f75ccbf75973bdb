package org.lossbook.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.plot.Curves;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Role;

/** One sample's loss while its prediction moves past a fixed truth, on the domain of the loss. */
final class LossCurve {
  private static final int POINTS = 241;

  /** Where a logarithm runs away at an end of [0, 1], the line leaves the figure. */
  private static final double HIGHEST = 5;

  private final Loss loss;
  private final double[] x;
  private final double[] losses = new double[POINTS];
  private final double[] slopes = new double[POINTS];

  private LossCurve(Loss loss) {
    this.loss = loss;
    double[] ends =
        switch (loss.prediction()) {
          case AMOUNT -> new double[] {0.01, 6};
          case VALUE, SCORE, SCORES, VECTOR, EMBEDDING, BOX, NORMAL -> new double[] {-3, 3};
          case PROBABILITY, DISTRIBUTION ->
              new double[] {1e-6, 1 - 1e-6}; // beyond, clipping makes it flat
          case LOGIT, LOGITS -> new double[] {-6, 6};
        };
    x =
        IntStream.range(0, POINTS)
            .mapToDouble(i -> ends[0] + (ends[1] - ends[0]) * i / (POINTS - 1))
            .toArray();
    compute();
  }

  /** The loss and its slope on one figure. */
  static Figure of(Loss loss) {
    LossCurve curve = new LossCurve(loss);
    Curves curves =
        Curves.of(loss.name(), curve.axis(), curve.unit())
            .with(loss.name(), Role.LOSS, curve.x, curve.losses)
            .with("its slope", Role.GRADIENT, curve.x, curve.slopes);
    return (loss.prediction() == Prediction.VALUE
            ? curves.mark(0, curve.losses[POINTS / 2], "the truth, y = 0")
            : curves)
        .figure();
  }

  /** Several losses on one figure. */
  static Figure compared(Loss first, Loss... others) {
    List<Loss> all = new ArrayList<>(List.of(first));
    all.addAll(Arrays.asList(others));
    LossCurve measure = new LossCurve(first);
    Curves curves = Curves.of("Losses", measure.axis(), "loss");
    for (Loss loss : all) {
      if (loss.prediction() != first.prediction()) {
        throw new IllegalArgumentException(
            "plot expects losses of the same kind of prediction but receives "
                + first.name()
                + " of "
                + first.prediction()
                + " and "
                + loss.name()
                + " of "
                + loss.prediction()
                + ": give each kind a figure of its own.");
      }
      LossCurve curve = new LossCurve(loss);
      curves = curves.with(loss.name(), Role.COMPARED, curve.x, curve.losses);
    }
    return curves.figure();
  }

  /** Two classes, the first the true one, stand for any number of them. */
  private void compute() {
    Prediction prediction = loss.prediction();
    int columns = prediction.isRow() ? 2 : 1;
    int targets = loss.targets(columns);
    double[] y = new double[POINTS * targets];
    double[] yHat = new double[POINTS * columns];
    double[] gradient = new double[yHat.length];
    for (int i = 0; i < POINTS; i++) {
      boolean isYes = loss.target() == Target.PROBABILITY || loss.target() == Target.DISTRIBUTION;
      y[i * targets] = isYes ? 1 : 0;
      yHat[i * columns] = x[i];
      if (prediction == Prediction.DISTRIBUTION) {
        yHat[i * columns + 1] = 1 - x[i];
      }
    }
    System.arraycopy(loss.perSample(rows(y, targets), rows(yHat, columns)), 0, losses, 0, POINTS);
    loss.sum().bind(columns).run(y, yHat, null, POINTS, gradient);
    Arrays.setAll(slopes, i -> gradient[i * columns]);
    if (prediction.activation().equals("linear")) {
      return;
    }
    for (double[] line : new double[][] {losses, slopes}) {
      Arrays.setAll(line, i -> Math.abs(line[i]) > HIGHEST ? Double.NaN : line[i]);
    }
  }

  private static double[][] rows(double[] flat, int width) {
    return IntStream.range(0, POINTS)
        .mapToObj(i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width))
        .toArray(double[][]::new);
  }

  private String axis() {
    return switch (loss.prediction()) {
      case VALUE, AMOUNT, SCORE, SCORES, VECTOR, EMBEDDING, BOX, NORMAL ->
          "prediction ŷ, where the truth is 0";
      case PROBABILITY -> "probability ŷ, where the truth is yes";
      case DISTRIBUTION -> "probability ŷ of the true class";
      case LOGIT -> "logit z, where the truth is yes";
      case LOGITS -> "logit z of the true class, beside one of 0";
    };
  }

  private String unit() {
    return loss.unit().isEmpty() ? "loss of one sample" : "loss of one sample in " + loss.unit();
  }
}
