import static org.lossbook.Lossbook.*;

import java.util.Random;
import org.lossbook.model.Model;

/** Adam's update of many weights: a model's, whose vectors lie outside the heap, or a loop by hand. */
final class UpdateRuns {
  private static final int INPUTS = 999;

  private final float[] w;
  private final float[] g;
  private final float[] m;
  private final float[] v;
  private int step;

  private UpdateRuns(int count) {
    var random = new Random(7);
    w = new float[count];
    g = new float[count];
    m = new float[count];
    v = new float[count];
    for (int i = 0; i < count; i++) {
      w[i] = random.nextFloat() - 0.5f;
      g[i] = 1e-3f * (random.nextFloat() - 0.5f);
    }
  }

  /** The update as fit does it, gradients there already; a bias for each of the outputs makes a round number. */
  static Runnable update(int count) {
    int outputs = Math.max(1, count / (INPUTS + 1));
    Model model = sequential(input(INPUTS), dense(outputs)).seed(7).compile(adam(), mse());
    var random = new Random(7);
    model.loss(randoms(random, INPUTS), randoms(random, outputs)).backward();
    return model::step;
  }

  private static float[][] randoms(Random random, int width) {
    var rows = new float[4][width];
    for (float[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextFloat();
      }
    }
    return rows;
  }

  /** What one would write over arrays of one's own. */
  static Runnable loop(int count) {
    var in = new UpdateRuns(count);
    return in::once;
  }

  private void once() {
    step++;
    float alpha =
        (float) (1e-3 * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step)));
    move(w, g, m, v, alpha);
  }

  private static void move(float[] w, float[] g, float[] m, float[] v, float alpha) {
    for (int i = 0; i < w.length; i++) {
      m[i] += 0.1f * (g[i] - m[i]);
      v[i] += 0.001f * (g[i] * g[i] - v[i]);
      w[i] -= alpha * m[i] / ((float) Math.sqrt(v[i]) + 1e-7f);
    }
  }
}
