package org.lossbook;

import org.lossbook.data.Mnist;
import org.lossbook.data.Split;

/**
 * The table of contents: everything a notebook starts from, after {@code import static
 * org.lossbook.Lossbook.*;}.
 */
public final class Lossbook {
  private Lossbook() {}

  // Data

  /** {@linkplain Mnist#mnist() MNIST}: 60,000 handwritten digits to train on, 10,000 to test. */
  public static Split mnist() {
    return Mnist.mnist();
  }

  /** {@linkplain Mnist#fashionMnist() Fashion-MNIST}: the same in clothes, and harder. */
  public static Split fashionMnist() {
    return Mnist.fashionMnist();
  }
}
