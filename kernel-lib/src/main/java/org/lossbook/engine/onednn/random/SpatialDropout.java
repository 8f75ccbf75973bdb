package org.lossbook.engine.onednn.random;

import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.HashRandom;

/**
 * Spatial dropout: drops whole channels, all pixels of a channel together.
 *
 * @hidden
 */
@Internal
public final class SpatialDropout extends Masked {
  private final int channels;
  private final int size;
  private final int threshold;
  private final float scale;

  public SpatialDropout(GraphNode x, double rate, int place) {
    super(x, place);
    int[] shape = x.shape();
    channels = shape[shape.length - 1];
    size = x.size();
    threshold = HashRandom.threshold(rate);
    scale = (float) (1 / (1 - rate));
  }

  /** The user's order, in which channels can be indexed. */
  @Override
  memory.desc layout() {
    return Formats.channelsLast(x().dims());
  }

  @Override
  public void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      int at = from + i;
      int channel = at / size * channels + at % channels;
      into[i] = random.drops(channel, threshold) ? 0 : scale;
    }
  }
}
