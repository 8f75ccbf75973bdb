package org.lossbook.optimizer;

import java.util.Optional;
import org.lossbook.engine.Parameters;

/** Muon's state and update: matrices by orthogonal steps, the others by AdamW's. */
final class MuonUpdater extends ParameterwiseUpdater {
  private final Muon settings;
  private final ChunkedVector momentum = vector("momentum");
  private final ChunkedVector velocity = vector("velocity");
  private final NewtonSchulz[] matrices; // none where AdamW moves the parameter
  private final boolean hasMatrices;
  private float rate;
  private float decay;
  private float decayOfAdam;
  private float alpha;

  MuonUpdater(Muon settings, ParameterLayout layout) {
    super(settings, layout);
    this.settings = settings;
    matrices = new NewtonSchulz[layout.count()];
    boolean any = false;
    for (int p = 0; p < matrices.length; p++) {
      if (layout.size(p) > 0 && !settings.isForAdam(layout.name(p), layout.rank(p))) {
        int[] shape = layout.shape(p);
        matrices[p] = settings.orthogonalizer(shape[0], shape[1]);
        any = true;
      }
    }
    hasMatrices = any;
  }

  private boolean isForAdam(int parameter) {
    return matrices[parameter] == null;
  }

  private int width(int parameter) {
    return layout().shape(parameter)[1];
  }

  @Override
  public int surveys() {
    return hasMatrices ? 1 : 0;
  }

  @Override
  public Optional<StatePart> stateOf(String vector, Parameters.Slot slot) {
    boolean isUnused = vector.equals("velocity") && !isForAdam(layout().at(slot.offset()));
    return isUnused ? Optional.empty() : super.stateOf(vector, slot);
  }

  @Override
  void begin(long step, float rate) {
    this.rate = rate;
    decay = (float) (rate * settings.weightDecay());
    decayOfAdam = (float) (rate * settings.adamWeightDecay());
    double left1 = 1 - Math.pow(settings.adamBeta1(), step);
    double left2 = 1 - Math.pow(settings.adamBeta2(), step);
    alpha = (float) (rate * settings.adamLrRatio() * Math.sqrt(left2) / left1);
  }

  @Override
  void decay(float[] weights, int offset, int count, float ignored) {
    int from = 0;
    for (int p = layout().at(offset); from < count; p++) {
      int to = Math.min(count, layout().end(p) - offset);
      float share = isForAdam(p) ? decayOfAdam : decay;
      for (int i = from; i < to; i++) {
        weights[i] -= share * weights[i];
      }
      from = to;
    }
  }

  @Override
  void look(int pass, float[] weights, float[] gradients, int offset, int count) {
    int from = 0;
    for (int p = layout().at(offset); from < count; p++) {
      int to = Math.min(count, layout().end(p) - offset);
      if (!isForAdam(p)) {
        gather(p, gradients, offset, from, to);
      }
      from = to;
    }
  }

  private void gather(int p, float[] g, int offset, int from, int to) {
    float[] m = momentum.from(offset);
    float share = (float) settings.momentum();
    int width = width(p);
    int first = offset - layout().start(p);
    for (int i = from; i < to; i++) {
      float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
      m[i] = ((share * m[i] + gradient) + TINY_MEAN) - TINY_MEAN;
      float direction = settings.nesterov() ? gradient + share * m[i] : m[i];
      matrices[p].set((first + i) / width, (first + i) % width, direction);
    }
  }

  @Override
  public void surveyed(int pass) {
    for (NewtonSchulz matrix : matrices) {
      if (matrix != null) {
        matrix.run();
      }
    }
  }

  @Override
  void move(int p, float[] w, float[] g, int offset, int from, int to) {
    if (isForAdam(p)) {
      moveAsAdam(w, g, momentum.from(offset), velocity.from(offset), from, to);
      return;
    }
    int width = width(p);
    int first = offset - layout().start(p);
    float size = (float) (rate * settings.scale(layout().shape(p)[0], width));
    for (int i = from; i < to; i++) {
      w[i] -= size * matrices[p].get((first + i) / width, (first + i) % width);
    }
  }

  private void moveAsAdam(float[] w, float[] g, float[] m, float[] v, int from, int to) {
    float a = (float) (1 - settings.adamBeta1());
    float b = (float) (1 - settings.adamBeta2());
    float e = settings.epsilon();
    for (int i = from; i < to; i++) {
      float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
      float mean = ((m[i] + a * (gradient - m[i])) + TINY_MEAN) - TINY_MEAN;
      float square = ((v[i] + b * (gradient * gradient - v[i])) + TINY_SQUARE) - TINY_SQUARE;
      m[i] = mean;
      v[i] = square;
      w[i] -= alpha * mean / ((float) Math.sqrt(square) + e);
    }
  }
}
