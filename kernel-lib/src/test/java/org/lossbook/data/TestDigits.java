package org.lossbook.data;

/** The real MNIST for tests of other packages, read once. */
public final class TestDigits {
  private static final Split MNIST = Mnist.DIGITS.load(SharedData.places());

  private TestDigits() {}

  public static Split mnist() {
    return MNIST;
  }
}
