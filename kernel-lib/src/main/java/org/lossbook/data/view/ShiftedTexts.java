package org.lossbook.data.view;

import java.util.List;
import java.util.Optional;
import org.lossbook.engine.Shapes;

/** A source of texts whose table is part of a larger one, from a place on. */
final class ShiftedTexts extends SourceView {
  private final SampleTexts all;
  private final int shift;

  private ShiftedTexts(SampleSource base, SampleTexts all, int shift) {
    super(base);
    this.all = all;
    this.shift = shift;
  }

  /** Sources with one table in place of their own. */
  static List<SampleSource> joined(List<SampleSource> parts) {
    if (parts.stream().allMatch(part -> part.texts().isEmpty())) {
      return parts;
    }
    List<Boolean> first = kinds(parts.get(0));
    for (SampleSource part : parts) {
      if (!kinds(part).equals(first)) {
        throw new IllegalArgumentException(
            "concat expects datasets of the same kind but receives texts and numbers: vectorize the texts first.");
      }
    }
    SampleTexts all = parts.stream().map(part -> part.texts().get()).reduce(SampleTexts::and).get();
    int[] shift = {0};
    return parts.stream()
        .<SampleSource>map(
            part -> {
              int own = shift[0];
              shift[0] += part.texts().get().table().size();
              return new ShiftedTexts(part, all, own);
            })
        .toList();
  }

  private static List<Boolean> kinds(SampleSource part) {
    return part.texts().map(SampleTexts::isText).orElse(List.of());
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new ShiftedTexts(other, all, shift);
  }

  @Override
  public Optional<SampleTexts> texts() {
    return Optional.of(all);
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    base.gatherX(order, from, count, into);
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int part = 0; part < all.isText().size(); part++) {
        int size = Shapes.size(sampleShapes().get(part));
        for (int j = 0; j < size && all.isText().get(part); j++) {
          into[at + j] += shift;
        }
        at += size;
      }
    }
  }
}
