package org.lossbook.loss.overlap;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * What the losses of overlap share: they compare sums over the whole batch, as Keras's do by
 * default, and so are one number that no sample has a share in; or those along chosen axes.
 *
 * @param <S> the loss itself, so that calls chain
 */
public abstract class Overlap<S extends Overlap<S>> extends Loss {
  static final Expr EPSILON = LossSpec.EPSILON;

  static final int[] WHOLE_BATCH = {};
  private static final int[] EACH_SAMPLE = {-1};

  private final int[] axes;

  Overlap(String name, int[] axes, Sums loss, Setting... settings) {
    super(spec(name, axes, loss, settings).withSettings(settings));
    this.axes = axes;
  }

  /** The axes that the sums run over. */
  final int[] axes() {
    return axes;
  }

  /** The same along these axes; none for the whole batch. */
  abstract S over(int[] axes);

  /** That of each row of outputs, and the mean over them: Keras's {@code axis=-1}. */
  public final S eachSample() {
    return over(EACH_SAMPLE);
  }

  /**
   * That along these axes of a batch, 0 being the batch itself, and the mean over the others:
   * Keras's {@code axis}.
   *
   * <pre>{@code
   * dice().axis(1, 2)      // of each class of each image, [n, h, w, c]
   * dice().axis(1, 2, 3)   // of each image
   * }</pre>
   *
   * @throws IllegalArgumentException where there is none; where a batch has no such axis, once
   *     there is one
   */
  public final S axis(int... axes) {
    if (axes == null || axes.length == 0) {
      throw new IllegalArgumentException(
          name() + " expects axes but receives none: axis(1, 2) is over the pixels of images.");
    }
    return over(axes.clone());
  }

  /** A loss by sums. */
  interface Sums {
    /**
     * The loss.
     *
     * @param total adds up over a row, or over the whole batch
     * @param settings their letters
     */
    Expr of(UnaryOperator<Expr> total, Expr y, Expr p, Expr... settings);
  }

  private static LossSpec spec(String name, int[] axes, Sums loss, Setting... settings) {
    Expr[] letters = Stream.of(settings).map(Setting::expr).toArray(Expr[]::new);
    LossSpec each =
        LossSpec.of(
            name,
            Target.PROBABILITY,
            Prediction.PROBABILITY,
            (y, p) -> loss.of(Expr::sum, y, p, letters));
    Config config = LossSpec.kerasClass(name);
    if (axes.length > 0) {
      boolean isLast = Arrays.equals(axes, EACH_SAMPLE);
      return isLast
          ? each.savedAs(config.with("axis", -1))
          : each.over(axes).savedAs(config.with("axis", axes));
    }
    return each.overWholeBatch((y, p) -> loss.of(Expr::batchSum, y, p, letters))
        .savedAs(config.without("axis"));
  }
}
