package org.lossbook.data.mnist;

import org.lossbook.data.Split;

/** MNIST for tests of other packages, read once; where it cannot be had, drawn digits. */
public final class TestDigits {
  private static final Split MNIST = Mnist.digits(Mnist.DIGITS, SharedData.places());

  private TestDigits() {}

  public static Split mnist() {
    return MNIST;
  }
}
