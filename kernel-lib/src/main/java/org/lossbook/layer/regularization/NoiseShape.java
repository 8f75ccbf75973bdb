package org.lossbook.layer.regularization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.layer.LayerChecks;

/** Which numbers of a sample are dropped together: those along the axes with an extent of 1. */
final class NoiseShape {
  /** Each number by itself. */
  static final NoiseShape WHOLE = new NoiseShape();

  private static final int AS_THE_INPUT = -1;

  private final int[] extents;

  private NoiseShape(int... extents) {
    this.extents = extents;
  }

  static NoiseShape of(String who, int... extents) {
    Require.given(extents, who, "a noise shape", "noiseShape(1, 64) has an extent of 1");
    for (int extent : extents) {
      if (extent < 1 && extent != AS_THE_INPUT) {
        throw Messages.wrong(
            "%s expects extents of a noise shape of 1 or more, or -1 for the input's, but receives %d: 1 drops what lies along that axis together.",
            who, extent);
      }
    }
    return new NoiseShape(extents.clone());
  }

  /** As a file has it, batch first, with None for the input's extents. */
  static NoiseShape from(Settings settings) {
    Object value = settings.value("noise_shape").orElse(List.of());
    if (!(value instanceof List<?> list)) {
      return settings.wrong("noise_shape", "a list", value);
    }
    if (list.isEmpty()) {
      return WHOLE;
    }
    if (list.get(0) instanceof Number batch && batch.intValue() == 1) {
      return settings.wrong("noise_shape", "None for the batch", value);
    }
    int[] extents =
        list.stream()
            .skip(1)
            .mapToInt(
                extent ->
                    extent instanceof Number number && number.intValue() == number.doubleValue()
                        ? number.intValue()
                        : extent instanceof Number
                            ? settings.wrong("noise_shape", "whole numbers", value)
                            : AS_THE_INPUT)
            .toArray();
    return of(settings.className(), extents);
  }

  /** The extents for samples of that shape. */
  int[] in(String who, int... shape) {
    if (this == WHOLE) {
      return shape.clone();
    }
    int[] drawn = extents.clone();
    for (int i = 0; i < drawn.length && drawn.length == shape.length; i++) {
      drawn[i] = drawn[i] == AS_THE_INPUT ? shape[i] : drawn[i];
    }
    for (int i = 0; i < drawn.length; i++) {
      if (drawn.length != shape.length || (drawn[i] != 1 && drawn[i] != shape[i])) {
        throw Messages.wrong(
            "%s expects a noise shape with the extents of %s or 1 but receives %s: write -1 for each extent that the input decides.",
            who, LayerChecks.batched(shape), Arrays.toString(extents));
      }
    }
    return drawn;
  }

  /** As a file has it: None where each number is dropped by itself. */
  Object saved() {
    if (this == WHOLE) {
      return Optional.empty();
    }
    List<Object> all = new ArrayList<>();
    all.add(Optional.empty());
    for (int extent : extents) {
      all.add(extent == AS_THE_INPUT ? Optional.empty() : (Object) extent);
    }
    return all;
  }
}
