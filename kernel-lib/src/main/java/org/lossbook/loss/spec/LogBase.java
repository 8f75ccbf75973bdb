package org.lossbook.loss.spec;

import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;

/**
 * Base of a loss's logarithms, and so its unit: nats for e, bits for 2.
 *
 * @hidden
 */
@Internal
public record LogBase(double base) {
  public static final LogBase NATURAL = new LogBase(Math.E);

  public LogBase {
    if (!(base > 0) || base == 1 || Double.isInfinite(base)) {
      throw new IllegalArgumentException(
          "base expects a positive number other than 1 but receives "
              + base
              + ": 2 gives bits, Math.E gives nats.");
    }
  }

  /** The logarithm of {@code x} to this base. */
  public Expr log(Expr x) {
    return x.log(base);
  }

  /** A natural logarithm brought to this base. */
  public Expr scaled(Expr natural) {
    return base == Math.E ? natural : natural.over(Expr.of(base).naturalLog());
  }

  /** A loss's class in a file, with the base where it is not Keras's. */
  public Config saved(Config config) {
    return base == Math.E ? config : config.asOurs().with("base", base);
  }

  public String unit() {
    return base == Math.E ? "nats" : base == 2 ? "bits" : base == 10 ? "decimal digits" : "";
  }
}
