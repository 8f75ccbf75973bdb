package org.lossbook.engine.onednn.random;

import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.HashRandom;

/**
 * Drops whole samples.
 *
 * @hidden
 */
@Internal
public final class SampleDropout extends Masked {
  private final int size;
  private final int threshold;
  private final float scale;

  public SampleDropout(GraphNode x, double rate, int place) {
    super(x, place);
    size = x.size();
    threshold = HashRandom.threshold(rate);
    scale = (float) (1 / (1 - rate));
  }

  /** The user's order, in which samples can be indexed. */
  @Override
  memory.desc layout() {
    return Formats.channelsLast(x().dims());
  }

  @Override
  public void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = random.drops((from + i) / size, threshold) ? 0 : scale;
    }
  }
}
