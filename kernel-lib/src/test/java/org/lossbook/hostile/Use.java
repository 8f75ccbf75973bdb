package org.lossbook.hostile;

import static org.lossbook.Lossbook.*;

import org.lossbook.data.Dataset;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.metric.Metric;
import org.lossbook.model.Blueprint;
import org.lossbook.model.Model;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.training.fit.FitOptions;

/** What nonsense that was taken is there for: a setting may be wrong that nobody has looked at. */
final class Use {
  private static final double[] Y = {0, 1, 0, 1};
  private static final double[][] X = {{0, 1}, {1, 0}, {1, 1}, {0, 0}};
  private static final int MOST_EPOCHS = 3;

  private Use() {}

  static Object of(Object value) {
    if (value instanceof Metric metric) {
      return metric.of(Y, Y);
    }
    if (value instanceof Layer layer
        && !(value instanceof Blueprint)
        && !(value instanceof Input)) {
      try (Model model = sequential(input(4, 4, 2), layer).build()) {
        return model.predictValues(new float[1][4][4][2]);
      }
    }
    if (value instanceof Optimizer optimizer) {
      Optimizer.Updater updater = optimizer.start(2);
      updater.beginStep();
      updater.update(new float[2], new float[] {1, 2}, 0, 2);
      return updater.state();
    }
    if (value instanceof Dataset data) {
      return data.x().rows(0, Math.min(2, data.size())).toArray();
    }
    if (value instanceof FitOptions options && options.epochs() <= MOST_EPOCHS) {
      try (Model model = new Sensible().model()) {
        return model.fit(dataset(X, Y), options.quiet());
      }
    }
    return value;
  }
}
