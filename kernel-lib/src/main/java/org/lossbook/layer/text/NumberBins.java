package org.lossbook.layer.text;

/**
 * The bins of whole numbers, which are hashed as texts. It keeps a buffer for each length of a
 * number, because a plan may not allocate.
 */
final class NumberBins {
  private static final int LONGEST = 20; // digits and a sign

  private final byte[][] digits = new byte[LONGEST + 1][];
  private final long[] key;
  private final int bins;

  NumberBins(long[] key, int bins) {
    this.key = key;
    this.bins = bins;
    for (int length = 1; length <= LONGEST; length++) {
      digits[length] = new byte[length];
    }
  }

  int bin(long number) {
    int length = number < 0 ? 2 : 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      length++;
    }
    byte[] text = digits[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      text[i] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    }
    if (number < 0) {
      text[0] = '-';
    }
    return Fingerprints.bin(text, key, bins);
  }
}
