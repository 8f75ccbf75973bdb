package org.lossbook.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a value between pixels comes from those around it, by Keras's names in upper case. Pixels are
 * areas: the centre of the first is half a pixel from the border.
 */
public enum Interpolation {
  NEAREST(0),
  BILINEAR(1),
  /** Keys's cubic with a = −1/2 (Keys 1981), that of Keras on JAX and TensorFlow. */
  BICUBIC(2),
  LANCZOS3(3),
  LANCZOS5(5);

  private final int radius;

  Interpolation(int radius) {
    this.radius = radius;
  }

  /** The one of that name in Keras. */
  public static Interpolation named(String who, String name) {
    return Arrays.stream(values())
        .filter(each -> each.kerasName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "%s expects an interpolation of %s but receives %s: use one of these names.",
                        who,
                        Arrays.stream(values())
                            .map(Interpolation::kerasName)
                            .collect(Collectors.joining(", ")),
                        name == null ? "null" : '"' + name + '"')));
  }

  /** Keras's name: {@code bilinear}. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether values between pixels may lie beyond those of the pixels. */
  public boolean overshoots() {
    return radius > 1;
  }

  /** The distance from which on a pixel has no weight. */
  public int radius() {
    return radius;
  }

  /** The weight of a pixel at that distance, before all are divided by their sum. */
  public double weight(double distance) {
    double x = Math.abs(distance);
    return switch (this) {
      case NEAREST -> throw new IllegalStateException("nearest has no weights");
      case BILINEAR -> Math.max(0, 1 - x);
      case BICUBIC ->
          x >= 2 ? 0 : x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : ((1.5 * x - 2.5) * x) * x + 1;
      case LANCZOS3, LANCZOS5 -> x > radius ? 0 : lanczos(x);
    };
  }

  private double lanczos(double x) {
    double angle = Math.PI * x;
    return x <= 1e-3 ? 1 : radius * Math.sin(angle) * Math.sin(angle / radius) / (angle * angle);
  }
}
