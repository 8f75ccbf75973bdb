package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.memory;

/** Spatial dropout: drops whole channels, all pixels of a channel together. */
final class SpatialDropout extends Masked {
  private final int channels;
  private final int size;
  private final int threshold;
  private final float scale;

  SpatialDropout(GraphNode x, double rate, int place) {
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
  void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      int at = from + i;
      int channel = at / size * channels + at % channels;
      into[i] = random.drops(channel, threshold) ? 0 : scale;
    }
  }
}
