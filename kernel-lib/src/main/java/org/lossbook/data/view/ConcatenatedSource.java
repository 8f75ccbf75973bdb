package org.lossbook.data.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;

/**
 * The concatenation of several datasets.
 *
 * @hidden
 */
@Internal
public final class ConcatenatedSource extends LabeledSource {
  private final List<SampleSource> parts;
  private final int[] ends; // the index after the last sample of each part

  /** Buffers reused by the next batch; a second thread that finds none allocates its own. */
  private final AtomicReference<Buffers> idle;

  private static final class Buffers {
    int[] positions = new int[0];
    int[] places = new int[0];
    float[] rows = new float[0];

    void fit(int count, int numbers) {
      if (positions.length < count) {
        positions = new int[count];
        places = new int[count];
      }
      if (rows.length < numbers) {
        rows = new float[numbers];
      }
    }
  }

  private ConcatenatedSource(
      List<SampleSource> parts, List<String> classNames, AtomicReference<Buffers> idle) {
    super(classNames, parts.get(0).sampleShape(), parts.get(0).targetShape());
    this.parts = parts;
    this.idle = idle;
    int[] sizes = parts.stream().mapToInt(SampleSource::size).toArray();
    Arrays.parallelPrefix(sizes, Math::addExact);
    ends = sizes;
  }

  public static SampleSource of(List<SampleSource> parts) {
    SampleSource first = parts.get(0);
    for (SampleSource part : parts) {
      alike("samples", first.sampleShapes(), part.sampleShapes());
      alike("targets", first.targetShapes(), part.targetShapes());
    }
    long all = parts.stream().mapToLong(SampleSource::size).sum();
    if (all > Integer.MAX_VALUE) {
      throw Messages.wrong(
          "concat expects at most 2,147,483,647 samples together but receives %s: train on the parts one after the other.",
          Descriptions.count(all));
    }
    long kinds =
        parts.stream()
            .mapToInt(SampleSource::weightsPerSample)
            .filter(n -> n > 1)
            .distinct()
            .count();
    if (kinds > 1) {
      throw Messages.wrong(
          "concat expects weights at the same positions in all parts but receives %s per sample: give one weight to each sample.",
          parts.stream().map(SampleSource::weightsPerSample).distinct().toList());
    }
    return new ConcatenatedSource(
        ShiftedTexts.joined(parts), classes(parts), new AtomicReference<>());
  }

  private static void alike(String what, List<int[]> expected, List<int[]> received) {
    boolean isAlike = expected.size() == received.size();
    for (int i = 0; isAlike && i < expected.size(); i++) {
      isAlike = Arrays.equals(expected.get(i), received.get(i));
    }
    if (!isAlike) {
      throw Messages.wrong(
          "concat expects datasets of the same shape but receives %s %s and %s: reshape them first.",
          what, shown(expected), shown(received));
    }
  }

  private static String shown(List<int[]> shapes) {
    return String.join(" and ", shapes.stream().map(Arrays::toString).toList());
  }

  /** The classes: labels stay labels if all parts have the same classes. */
  private static List<String> classes(List<SampleSource> parts) {
    if (parts.stream().noneMatch(SampleSource::hasLabels)) {
      return List.of();
    }
    List<String> most = List.of();
    for (SampleSource part : parts) {
      List<String> names = part.hasLabels() ? part.classNames() : List.of();
      List<String> shorter = names.size() < most.size() ? names : most;
      most = names.size() < most.size() ? most : names;
      if (!shorter.equals(most.subList(0, shorter.size()))) {
        throw Messages.wrong(
            "concat expects the same classes in all parts but receives %s and %s: their labels mean different things.",
            shownNames(shorter), shownNames(most));
      }
    }
    int classes = most.size();
    boolean allFit =
        parts.stream()
            .filter(part -> !part.hasLabels())
            .allMatch(part -> LabelDetection.firstOutside(part, classes).isEmpty());
    return allFit ? most : List.of();
  }

  private static String shownNames(List<String> names) {
    return Shown.text(String.join(", ", names));
  }

  @Override
  public SampleSource forEpoch(long seed) {
    List<SampleSource> others = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      others.add(parts.get(i).forEpoch(i == 0 ? seed : SampleRandom.mixed(seed + i)));
    }
    return with(others);
  }

  @Override
  public SampleSource plain() {
    return with(parts.stream().map(SampleSource::plain).toList());
  }

  private SampleSource with(List<SampleSource> others) {
    for (int i = 0; i < parts.size(); i++) {
      if (others.get(i) != parts.get(i)) {
        return new ConcatenatedSource(others, classNames(), idle);
      }
    }
    return this;
  }

  @Override
  public int size() {
    return ends[ends.length - 1];
  }

  @Override
  public int[] sampleShape() {
    return parts.get(0).sampleShape();
  }

  @Override
  public int[] targetShape() {
    return parts.get(0).targetShape();
  }

  @Override
  public List<int[]> sampleShapes() {
    return parts.get(0).sampleShapes();
  }

  @Override
  public List<int[]> targetShapes() {
    return parts.get(0).targetShapes();
  }

  @Override
  public Optional<SampleTexts> texts() {
    return parts.get(0).texts();
  }

  @Override
  protected void copyX(int[] order, int from, int count, float[] into, int size) {
    copy(order, from, count, into, size, SampleSource::gatherX);
  }

  @Override
  protected void copyY(int[] order, int from, int count, float[] into, int size) {
    copy(order, from, count, into, size, SampleSource::gatherY);
  }

  @Override
  public int weightsPerSample() {
    return parts.stream().mapToInt(SampleSource::weightsPerSample).max().orElse(0);
  }

  @Override
  public void gatherWeights(int[] order, int from, int count, float[] into) {
    int each = weightsPerSample();
    IndexChecks.gather("gatherWeights", order, from, count, into, size(), each);
    copy(
        order,
        from,
        count,
        into,
        each,
        (part, positions, first, some, own) -> weights(part, positions, first, some, own, each));
  }

  /** The weights of a part: 1 if it has none, and a sample's own at each position. */
  private static void weights(
      SampleSource part, int[] order, int from, int count, float[] into, int each) {
    int own = part.weightsPerSample();
    if (own == 0) {
      Arrays.fill(into, 0, count * each, 1);
      return;
    }
    part.gatherWeights(order, from, count, into);
    for (int i = count * each - 1; own < each && i >= 0; i--) {
      into[i] = into[i / each];
    }
  }

  private interface Gathering {
    void gather(SampleSource data, int[] order, int from, int count, float[] into);
  }

  /** Reads the samples part by part, each part once. */
  private void copy(
      int[] order, int from, int count, float[] into, int stride, Gathering gathering) {
    Buffers kept = idle.getAndSet(null);
    Buffers buffers = kept == null ? new Buffers() : kept;
    buffers.fit(count, count * stride);
    for (int p = 0; p < ends.length; p++) {
      int begin = p == 0 ? 0 : ends[p - 1];
      int own = 0;
      for (int i = 0; i < count; i++) {
        int position = order[from + i];
        if (position >= begin && position < ends[p]) {
          buffers.positions[own] = position - begin;
          buffers.places[own++] = i;
        }
      }
      if (own == count) {
        gathering.gather(parts.get(p), buffers.positions, 0, count, into);
        break;
      }
      if (own > 0) {
        gathering.gather(parts.get(p), buffers.positions, 0, own, buffers.rows);
        for (int i = 0; i < own; i++) {
          System.arraycopy(buffers.rows, i * stride, into, buffers.places[i] * stride, stride);
        }
      }
    }
    idle.set(buffers);
  }
}
