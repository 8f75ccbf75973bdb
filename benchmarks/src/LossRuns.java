import static org.lossbook.Lossbook.*;

import java.util.Random;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.evaluate.BatchLoss;

/** Value and gradient of a loss over many numbers: the library's formula, or a loop by hand. */
final class LossRuns {
  private final double[] y;
  private final double[] z;
  private final double[] gradient;

  private LossRuns(String task, int count) {
    var random = new Random(7);
    y = random.doubles(count).map(u -> task.equals("bce") ? Math.rint(u) : u).toArray();
    z = random.doubles(count, -6, 6).toArray();
    gradient = new double[count];
  }

  /** The library's loss, bound once: what a training loop holds. */
  static Runnable formula(String task, int count) {
    var in = new LossRuns(task, count);
    BatchLoss loss =
        new TrainingLoss(task.equals("bce") ? binaryCrossentropy().fromLogits() : mse()).bind(1);
    return () -> loss.run(in.y, in.z, null, count, in.gradient);
  }

  /** What one would write without it. */
  static Runnable loop(String task, int count) {
    var in = new LossRuns(task, count);
    return task.equals("bce") ? in::crossEntropy : in::squares;
  }

  private volatile double value;

  private void squares() {
    int n = y.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = z[i] - y[i];
      sum += d * d;
      gradient[i] = 2 * d / n;
    }
    value = sum / n;
  }

  private void crossEntropy() {
    int n = y.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double e = Math.exp(-Math.abs(z[i]));
      sum += Math.max(z[i], 0) - z[i] * y[i] + Math.log1p(e);
      gradient[i] = ((z[i] >= 0 ? 1 : e) / (1 + e) - y[i]) / n;
    }
    value = sum / n;
  }
}
