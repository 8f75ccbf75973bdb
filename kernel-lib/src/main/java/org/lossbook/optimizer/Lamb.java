package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.M;
import static org.lossbook.optimizer.Symbols.V;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.T;

import java.util.Arrays;
import java.util.List;
import org.lossbook.config.Settings;
import org.lossbook.engine.Parameter;
import org.lossbook.formula.Expr;

/**
 * LAMB (layer-wise adaptive moments for batch training): {@link Adam}'s step of each parameter,
 * such as the kernel of a layer, made as long as the parameter itself times the learning rate. So
 * all layers move at the same pace relative to their weights, which allows for very large batches.
 *
 * <p>\(m \leftarrow \beta_1 m + (1 - \beta_1) g\), \(v \leftarrow \beta_2 v + (1 - \beta_2) g^2\),
 * \(u = \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \varepsilon}\), \(w \leftarrow w -
 * \eta \frac{\lVert w \rVert}{\lVert u \rVert} u\), where a norm of 0 makes the ratio 1.
 *
 * <pre>{@code
 * lamb()                       // learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7
 * lamb().learningRate(0.01).weightDecay(0.01)
 * descend(x -> x.square(), 3, lamb().learningRate(0.1)).steps(2).last()   // 2.43
 * }</pre>
 *
 * <p>You et al., <a href="https://arxiv.org/abs/1904.00962">Large Batch Optimization for Deep
 * Learning: Training BERT in 76 minutes</a>, 2019.
 *
 * @question How can batches be huge without training falling apart?
 * @use For batches of thousands of samples.
 * @avoid For small batches: {@link Adam} does the same with less work.
 */
public final class Lamb extends Moments<Lamb> {
  private Lamb() {
    super("Lamb", 0);
  }

  /** Keras's defaults. */
  public static Lamb lamb() {
    return new Lamb();
  }

  static Lamb from(Settings settings) {
    return lamb().read(settings);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr beta1 = beta1(sheet);
    Expr beta2 = beta2(sheet);
    Expr one = Expr.of(1);
    sheet.set(M, beta1.times(M).plus(one.minus(beta1).times(G)));
    sheet.set(V, beta2.times(V).plus(one.minus(beta2).times(G.square())));
    Expr update = Symbols.UPDATE;
    sheet.let(
        update,
        M.over(one.minus(beta1.pow(T)))
            .over(V.over(one.minus(beta2.pow(T))).sqrt().plus(epsilon(sheet))));
    Expr norms = Symbols.NORM_OF_WEIGHTS.times(Symbols.NORM_OF_UPDATE);
    Expr ratio = Expr.named("r", "r", 1);
    sheet.let(
        ratio,
        Expr.where(
            norms.greaterThan(0), Symbols.NORM_OF_WEIGHTS.over(Symbols.NORM_OF_UPDATE), one));
    sheet.set(W, W.minus(RATE.times(ratio).times(update)));
  }

  @Override
  public Updater start(int parameters) {
    return new LambUpdater(this, ParameterLayout.ofNumbers(parameters));
  }

  @Override
  public Updater start(List<Parameter> parameters) {
    return new LambUpdater(this, ParameterLayout.of(parameters));
  }

  private static final class LambUpdater extends ParameterwiseUpdater {
    private final ChunkedVector momentum = vector("momentum");
    private final ChunkedVector velocity = vector("velocity");
    private final float[] update; // a chunk's
    private final double[] squaresOfWeights; // of each parameter
    private final double[] squaresOfUpdates;
    private final float share1;
    private final float share2;
    private final float epsilon;
    private final Lamb settings;
    private float rate;
    private float unbias1;
    private float unbias2;

    LambUpdater(Lamb settings, ParameterLayout layout) {
      super(settings, layout);
      this.settings = settings;
      update = new float[Math.min(Optimizer.CHUNK, layout.size())];
      squaresOfWeights = new double[layout.count()];
      squaresOfUpdates = new double[layout.count()];
      share1 = (float) (1 - settings.beta1());
      share2 = (float) (1 - settings.beta2());
      epsilon = settings.epsilon();
    }

    @Override
    void begin(long step, float rate) {
      this.rate = rate;
      unbias1 = (float) (1 / (1 - Math.pow(settings.beta1(), step)));
      unbias2 = (float) (1 / (1 - Math.pow(settings.beta2(), step)));
      Arrays.fill(squaresOfWeights, 0);
      Arrays.fill(squaresOfUpdates, 0);
    }

    @Override
    void look(int pass, float[] weights, float[] gradients, int offset, int count) {
      float[] m = momentum.from(offset);
      float[] v = velocity.from(offset);
      gather(gradients, m, v, count, share1, share2);
      compute(update, m, v, count, unbias1, unbias2, epsilon);
      int from = 0;
      for (int p = layout().at(offset); from < count; p++) {
        int to = Math.min(count, layout().end(p) - offset);
        squaresOfWeights[p] += squares(weights, from, to);
        squaresOfUpdates[p] += squares(update, from, to);
        from = to;
      }
    }

    private static void gather(float[] g, float[] m, float[] v, int n, float a, float b) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        m[i] = ((m[i] + a * (gradient - m[i])) + TINY_MEAN) - TINY_MEAN;
        v[i] = ((v[i] + b * (gradient * gradient - v[i])) + TINY_SQUARE) - TINY_SQUARE;
      }
    }

    private static void compute(
        float[] u, float[] m, float[] v, int n, float unbias1, float unbias2, float e) {
      for (int i = 0; i < n; i++) {
        u[i] = m[i] * unbias1 / ((float) Math.sqrt(v[i] * unbias2) + e);
      }
    }

    @Override
    void move(int p, float[] w, float[] g, int offset, int from, int to) {
      float[] m = momentum.from(offset);
      float[] v = velocity.from(offset);
      double norms = Math.sqrt(squaresOfWeights[p]) / Math.sqrt(squaresOfUpdates[p]);
      double ratio = squaresOfWeights[p] > 0 && squaresOfUpdates[p] > 0 ? norms : 1;
      float a = (float) (ratio * rate * unbias1);
      float c = unbias2;
      float e = epsilon;
      for (int i = from; i < to; i++) {
        w[i] -= a * m[i] / ((float) Math.sqrt(v[i] * c) + e);
      }
    }
  }
}
