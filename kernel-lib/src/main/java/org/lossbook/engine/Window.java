package org.lossbook.engine;

/**
 * How a kernel or a pool slides over an image.
 *
 * @param height the window's height in pixels
 * @param width its width
 * @param strideHeight the step down
 * @param strideWidth the step to the right
 * @param same whether the borders are padded so that the output has ⌈input / stride⌉ pixels, the
 *     odd pixel below and to the right, as Keras does; otherwise nothing is padded
 * @param dilationHeight the distance between two taps, one for a dense window
 * @param dilationWidth the same to the right
 */
public record Window(
    int height,
    int width,
    int strideHeight,
    int strideWidth,
    boolean same,
    int dilationHeight,
    int dilationWidth) {

  /** The output's height for an input of that height; 0 or less where the window does not fit. */
  public int outputHeight(int inputHeight) {
    return output(inputHeight, height, strideHeight, dilationHeight);
  }

  /** The output's width for an input of that width. */
  public int outputWidth(int inputWidth) {
    return output(inputWidth, width, strideWidth, dilationWidth);
  }

  /** Rows of padding above the image and below it. */
  public int[] padHeight(int inputHeight) {
    return pad(inputHeight, outputHeight(inputHeight), height, strideHeight, dilationHeight);
  }

  /** Columns of padding left of the image and right of it. */
  public int[] padWidth(int inputWidth) {
    return pad(inputWidth, outputWidth(inputWidth), width, strideWidth, dilationWidth);
  }

  /** The pixels from the first tap of the window to the last in height, and in width. */
  public long[] reach() {
    return new long[] {reach(height, dilationHeight), reach(width, dilationWidth)};
  }

  private static long reach(int window, int dilation) {
    return (window - 1L) * dilation + 1;
  }

  private int output(int input, int window, int stride, int dilation) {
    return (int)
        (same
            ? ((long) input + stride - 1) / stride
            : Math.floorDiv(input - reach(window, dilation), stride) + 1);
  }

  private int[] pad(int input, int output, int window, int stride, int dilation) {
    long needed = same ? Math.max((output - 1L) * stride + reach(window, dilation) - input, 0) : 0;
    return new int[] {(int) (needed / 2), (int) (needed - needed / 2)};
  }
}
