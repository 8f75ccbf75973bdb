package org.lossbook.loss;

/**
 * What the divergences share: two rows of probabilities, and the logarithm's base. A vector is one
 * distribution.
 *
 * @param <S> the loss itself, so that calls chain
 */
public abstract class Divergence<S extends Divergence<S>> extends Loss {
  private final LogBase base;

  Divergence(String name, LogBase base) {
    super(name, Target.DISTRIBUTION, Prediction.DISTRIBUTION);
    this.base = base;
  }

  abstract S with(LogBase base);

  /** With logarithms to the base 2. */
  public final S bits() {
    return base(2);
  }

  /** With logarithms to this base: 2 for bits, 10 for decimal digits. */
  public final S base(double b) {
    return with(new LogBase(b));
  }

  @Override
  String unit() {
    return base.unit();
  }

  final LogBase base() {
    return base;
  }
}
