package org.lossbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lossbook.data.view.ConcatenatedSource;
import org.lossbook.data.view.ForwardingSource;
import org.lossbook.data.view.SampleSource;

/** A dataset over a {@link SampleSource}: what a {@link Dataset} returns for each view it makes. */
final class SourceDataset extends ForwardingSource implements Dataset {
  private final SampleSource source;
  private final Optional<Preparation> preparation;

  private SourceDataset(SampleSource source, Optional<Preparation> preparation) {
    this.source = source;
    this.preparation = preparation;
  }

  static Dataset of(SampleSource source) {
    return of(source, Optional.empty());
  }

  /**
   * @param preparation the preparation of the samples, unless {@code source} is a dataset with its
   *     own
   */
  static Dataset of(SampleSource source, Optional<Preparation> preparation) {
    return source instanceof Dataset data ? data : new SourceDataset(source, preparation);
  }

  /** A view of a dataset, with the same preparation. */
  static Dataset view(Dataset data, UnaryOperator<SampleSource> made) {
    SampleSource source = sourceOf(data);
    SampleSource view = made.apply(source);
    return view == source ? data : of(view, data.preparation());
  }

  /** The source that a view reads from: unwrapped, so that views of views stay as fast. */
  static SampleSource sourceOf(Dataset data) {
    return data instanceof SourceDataset wrapped ? wrapped.source : data;
  }

  /** See {@link Dataset#concat}. */
  static Dataset concat(Dataset first, Dataset... others) {
    if (others == null || Arrays.asList(others).contains(null)) {
      throw new IllegalArgumentException(
          "concat expects datasets but receives null: write one.concat(two).");
    }
    List<SampleSource> parts =
        Stream.concat(Stream.of(first), Stream.of(others)).map(SourceDataset::sourceOf).toList();
    SampleSource joined = ConcatenatedSource.of(parts);
    Optional<Preparation> preparation = first.preparation();
    boolean isShared = Stream.of(others).allMatch(other -> other.preparation().equals(preparation));
    return of(joined, isShared ? preparation : Optional.empty());
  }

  @Override
  protected SampleSource source() {
    return source;
  }

  @Override
  public Optional<Preparation> preparation() {
    return preparation;
  }

  @Override
  public Dataset forEpoch(long seed) {
    return view(this, samples -> samples.forEpoch(seed));
  }

  @Override
  public Dataset plain() {
    return view(this, SampleSource::plain);
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
