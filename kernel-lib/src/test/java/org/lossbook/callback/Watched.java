package org.lossbook.callback;

import java.util.List;
import java.util.function.IntConsumer;
import org.lossbook.data.Dataset;

/** A dataset that tells which samples are asked for. */
public record Watched(Dataset data, IntConsumer watcher) implements Dataset {
  @Override
  public int size() {
    return data.size();
  }

  @Override
  public int[] sampleShape() {
    return data.sampleShape();
  }

  @Override
  public int[] targetShape() {
    return data.targetShape();
  }

  @Override
  public boolean hasLabels() {
    return data.hasLabels();
  }

  @Override
  public List<String> classNames() {
    return data.classNames();
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    for (int i = from; i < from + count; i++) {
      watcher.accept(order[i]);
    }
    data.gatherX(order, from, count, into);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    data.gatherY(order, from, count, into);
  }
}
