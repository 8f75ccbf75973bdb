package org.lossbook.layer.preprocessing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that moves the pixels of each image at random during training, so that a network learns
 * to see things wherever and however they stand; during prediction it does nothing. Names, defaults
 * and meaning are Keras's; numbers are drawn evenly for each image:
 *
 * <ul>
 *   <li>{@code randomRotation(f)}: turns by x of a full circle, to the right where x is above 0; x
 *       from −f to f.
 *   <li>{@code randomTranslation(h, w)}: moves down by x of the height, x from −h to h, and to the
 *       right by y of the width.
 *   <li>{@code randomZoom(h)}: zooms out by x, in below 0, x from −h to h; the same along both
 *       axes, unless {@code randomZoom(h, w)} has two factors.
 *   <li>{@code randomShear(x, y)}: moves rows by a share of their distance from the top, and
 *       columns by one of theirs from the left, both to either side.
 *   <li>{@code randomPerspective(f)}: with a probability from 0 to f, 1 by default, moves the
 *       corners by up to half of the {@link #scale} of their distance from the first.
 *   <li>{@code randomElasticTransform(f)}: with a probability from 0 to f, 1 by default, bends by a
 *       smooth random field, the stronger the larger the {@link #scale}.
 * </ul>
 *
 * <p>Images are [height, width, channels]. What comes in from outside is the image reflected at its
 * edges, or what {@link #fillMode} says; a perspective fills with {@link #fillValue}.
 *
 * <pre>{@code
 * randomRotation(0.1).fillMode("constant")
 * randomZoom(0.2).heightFactor(-0.3, 0)    // nearer only
 * }</pre>
 *
 * @question Does the network still see it when it has moved?
 * @use For things that may stand anywhere, at any angle or size.
 * @avoid When position, angle or size is the answer.
 */
public final class RandomGeometry extends RandomImages<RandomGeometry> {
  private enum Kind {
    ROTATION("RandomRotation", "factor", -1, 1),
    TRANSLATION("RandomTranslation", "height_factor", -1, 1),
    ZOOM("RandomZoom", "height_factor", -1, 1),
    SHEAR("RandomShear", "x_factor", 0, 1),
    PERSPECTIVE("RandomPerspective", "factor", 0, 1),
    ELASTIC("RandomElasticTransform", "factor", 0, 1);

    private final String className;
    private final String first;
    private final double least;
    private final double most;

    Kind(String className, String first, double least, double most) {
      this.className = className;
      this.first = first;
      this.least = least;
      this.most = most;
    }

    private Optional<String> second() {
      return switch (this) {
        case TRANSLATION, ZOOM -> Optional.of("width_factor");
        case SHEAR -> Optional.of("y_factor");
        default -> Optional.empty();
      };
    }

    private boolean isScaled() {
      return this == PERSPECTIVE || this == ELASTIC;
    }
  }

  private final Kind kind;
  private Factor first;
  private Optional<Factor> second;
  private Factor scale = new Factor(0, 1);
  private Warp.Fill fill = Warp.Fill.REFLECT;
  private double fillValue;
  private boolean isBilinear = true;

  private RandomGeometry(Kind kind, double first, Optional<Double> second) {
    super(kind.className);
    this.kind = kind;
    this.first = factor(first);
    this.second = second.map(this::factor);
  }

  /** A single number: for a shear from its negative, too, whatever the bounds. */
  private Factor factor(double value) {
    double checked = Factor.checked(who(), "a factor", value, kind.least, kind.most);
    return kind == Kind.SHEAR
        ? new Factor(-checked, checked)
        : Factor.of(who(), "a factor", value, kind.least, kind.most);
  }

  /** Turned. */
  public static RandomGeometry randomRotation(double factor) {
    return new RandomGeometry(Kind.ROTATION, factor, Optional.empty());
  }

  /** Moved up or down, and to a side. */
  public static RandomGeometry randomTranslation(double heightFactor, double widthFactor) {
    return new RandomGeometry(Kind.TRANSLATION, heightFactor, Optional.of(widthFactor));
  }

  /** Nearer or farther. */
  public static RandomGeometry randomZoom(double heightFactor) {
    return new RandomGeometry(Kind.ZOOM, heightFactor, Optional.empty());
  }

  /** Nearer or farther, along each axis by itself. */
  public static RandomGeometry randomZoom(double heightFactor, double widthFactor) {
    return new RandomGeometry(Kind.ZOOM, heightFactor, Optional.of(widthFactor));
  }

  /** Sheared along both axes. */
  public static RandomGeometry randomShear(double horizontalFactor, double verticalFactor) {
    return new RandomGeometry(Kind.SHEAR, horizontalFactor, Optional.of(verticalFactor));
  }

  /** Seen from another place, with a probability up to that. */
  public static RandomGeometry randomPerspective(double factor) {
    return new RandomGeometry(Kind.PERSPECTIVE, factor, Optional.empty());
  }

  /** Bent, with a probability up to that. */
  public static RandomGeometry randomElasticTransform(double factor) {
    return new RandomGeometry(Kind.ELASTIC, factor, Optional.empty());
  }

  /**
   * The same with numbers of another range: of the angle, or the probability.
   *
   * @throws IllegalArgumentException where it has factors for height and width, or one is out of
   *     bounds
   */
  public RandomGeometry factor(double low, double high) {
    return first("factor", low, high);
  }

  /** The same with another range along the height. */
  public RandomGeometry heightFactor(double low, double high) {
    return first("height_factor", low, high);
  }

  /** The same with another range along the width. */
  public RandomGeometry widthFactor(double low, double high) {
    return second("width_factor", low, high);
  }

  /** The same with another range by which rows are moved. */
  public RandomGeometry horizontalFactor(double low, double high) {
    return first("x_factor", low, high);
  }

  /** The same with another range by which columns are moved. */
  public RandomGeometry verticalFactor(double low, double high) {
    return second("y_factor", low, high);
  }

  private RandomGeometry first(String name, double low, double high) {
    requireCall(kind.first.equals(name), name);
    Factor range = Factor.of(who(), "factors", low, high, kind.least, kind.most);
    return with(copy -> copy.first = range);
  }

  private RandomGeometry second(String name, double low, double high) {
    requireCall(kind.second().filter(name::equals).isPresent(), name);
    Factor range = Factor.of(who(), "factors", low, high, kind.least, kind.most);
    return with(copy -> copy.second = Optional.of(range));
  }

  private void requireCall(boolean fits, String name) {
    if (!fits) {
      throw Messages.wrong(
          "%s expects no %s: it has %s%s.",
          who(), name, kind.first, kind.second().map(other -> " and " + other).orElse(""));
    }
  }

  /**
   * The same with another strength of a perspective or an elastic transform, from 0 to 1; 1 by
   * default.
   */
  public RandomGeometry scale(double strength) {
    requireCall(kind.isScaled(), "scale");
    Factor range = Factor.of(who(), "a scale", strength, 0, 1);
    return with(copy -> copy.scale = range);
  }

  /**
   * The same with another way to fill what comes in from outside: {@code reflect}, {@code wrap},
   * {@code constant} or {@code nearest}.
   *
   * @throws IllegalArgumentException for any other
   */
  public RandomGeometry fillMode(String mode) {
    requireCall(kind != Kind.PERSPECTIVE, "fill_mode");
    Warp.Fill named =
        Warp.Fill.named(String.valueOf(mode))
            .filter(fill -> fill != Warp.Fill.MIRROR || kind == Kind.ELASTIC)
            .orElseThrow(
                () ->
                    Messages.wrong(
                        "%s expects reflect, wrap, constant or nearest as fillMode but receives %s: reflect is the usual one.",
                        who(), mode));
    return with(copy -> copy.fill = named);
  }

  /** The same with another number outside, where the fill mode is constant; 0 by default. */
  public RandomGeometry fillValue(double value) {
    return with(copy -> copy.fillValue = value);
  }

  /**
   * The same with another way between pixels: {@code bilinear} or {@code nearest}.
   *
   * @throws IllegalArgumentException for any other
   */
  public RandomGeometry interpolation(String how) {
    if (!"bilinear".equals(how) && !"nearest".equals(how)) {
      throw Messages.wrong(
          "%s expects bilinear or nearest as interpolation but receives %s: bilinear is the usual one.",
          who(), how);
    }
    return with(copy -> copy.isBilinear = how.equals("bilinear"));
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    Warp.Fill outside = kind == Kind.PERSPECTIVE ? Warp.Fill.CONSTANT : fill;
    Warp warp = new Warp(height, width, channels, outside, fillValue, isBilinear);
    if (kind == Kind.ELASTIC) {
      return new ElasticChange(warp, height, width, first, scale, low(), high());
    }
    double[] a = new double[Homography.SIZE];
    Homography homography = new Homography();
    return (image, into, random) -> {
      boolean moves = kind != Kind.PERSPECTIVE || first.happens(random);
      if (kind == Kind.PERSPECTIVE) {
        homography.draw(a, scale.high(), height, width, random);
      } else {
        matrix(a, height, width, random);
      }
      if (moves) {
        warp.apply(image, into, a);
      } else {
        System.arraycopy(image, 0, into, 0, image.length);
      }
    };
  }

  private void matrix(double[] a, int height, int width, RandomGenerator random) {
    Arrays.fill(a, 0);
    a[0] = 1;
    a[4] = 1;
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    double one = first.draw(random);
    double other = second.map(factor -> factor.draw(random)).orElse(one);
    switch (kind) {
      case ROTATION -> {
        double angle = 2 * Math.PI * one;
        a[0] = Math.cos(angle);
        a[1] = -Math.sin(angle);
        a[3] = Math.sin(angle);
        a[4] = Math.cos(angle);
        a[2] = middleX - middleX * a[0] - middleY * a[1];
        a[5] = middleY - middleX * a[3] - middleY * a[4];
      }
      case TRANSLATION -> {
        a[2] = -other * width;
        a[5] = -one * height;
      }
      case ZOOM -> {
        a[0] = 1 + other;
        a[4] = 1 + one;
        a[2] = -middleX * other;
        a[5] = -middleY * one;
      }
      case SHEAR -> {
        double side = random.nextDouble() > 0.5 ? -1 : 1;
        a[1] = side * one;
        a[3] = side * other;
      }
      default -> throw new AssertionError(kind);
    }
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.layers", kind.className).with(kind.first, saved(first));
    if (kind.second().isPresent()) {
      config = config.with(kind.second().get(), second.map(this::saved).orElse(Optional.empty()));
    }
    if (kind != Kind.PERSPECTIVE) {
      config = config.with("fill_mode", fill.saved());
    } else {
      config = config.with("scale", scale.high());
    }
    config =
        config
            .with("interpolation", isBilinear ? "bilinear" : "nearest")
            .with("fill_value", fillValue);
    return Optional.of(
        kind == Kind.ELASTIC
            ? config.with("scale", scale.saved()).with("value_range", range())
            : config);
  }

  /** Keras reads no factor of a shear below 0, though it writes them. */
  private Object saved(Factor factor) {
    if (kind == Kind.SHEAR && factor.low() < 0) {
      return factor.high();
    }
    return kind.second().isPresent() && kind != Kind.SHEAR ? factor.given() : factor.saved();
  }

  static RandomGeometry from(Settings settings) {
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.className.equals(settings.className()))
            .findFirst()
            .orElseThrow();
    double usual = kind.isScaled() ? 1 : 0;
    RandomGeometry made = new RandomGeometry(kind, usual, Optional.empty()).read(settings);
    String who = made.who();
    double least = kind == Kind.SHEAR ? -1 : kind.least; // what it saves of a single number
    Optional<Factor> first = Factor.read(settings, who, kind.first, least, kind.most);
    Optional<Factor> second =
        kind.second().flatMap(name -> Factor.read(settings, who, name, least, kind.most));
    Optional<Factor> scale =
        kind.isScaled() ? Factor.read(settings, who, "scale", 0, 1) : Optional.empty();
    RandomGeometry read =
        made.with(
            copy -> {
              copy.first = first.orElse(copy.first);
              copy.second = kind == Kind.SHEAR ? second.or(() -> Optional.of(copy.first)) : second;
              copy.scale = scale.orElse(copy.scale);
              copy.fillValue = settings.number("fill_value", 0);
            });
    read = read.interpolation(settings.text("interpolation", "bilinear").toLowerCase(Locale.ROOT));
    return settings.has("fill_mode") ? read.fillMode(settings.text("fill_mode")) : read;
  }
}
