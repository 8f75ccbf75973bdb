package org.lossbook.engine;

/**
 * The window of a convolution or a pooling: its size, strides, padding and dilation.
 *
 * @param height the window's height in pixels
 * @param width its width
 * @param strideHeight the vertical stride
 * @param strideWidth the horizontal stride
 * @param same whether the borders are padded so that the output has ⌈input / stride⌉ pixels, the
 *     odd pixel at the bottom and the right, like Keras; otherwise there is no padding
 * @param dilationHeight the vertical distance between two taps, 1 for a dense window
 * @param dilationWidth the horizontal distance between two taps
 */
public record Window(
    int height,
    int width,
    int strideHeight,
    int strideWidth,
    boolean same,
    int dilationHeight,
    int dilationWidth) {

  /** The output's height for an input of that height; 0 or less if the window does not fit. */
  public int outputHeight(int inputHeight) {
    return output(inputHeight, height, strideHeight, dilationHeight);
  }

  /** The output's width for an input of that width. */
  public int outputWidth(int inputWidth) {
    return output(inputWidth, width, strideWidth, dilationWidth);
  }

  /** The rows of padding at the top and the bottom. */
  public int[] padHeight(int inputHeight) {
    return pad(inputHeight, outputHeight(inputHeight), height, strideHeight, dilationHeight);
  }

  /** The columns of padding at the left and the right. */
  public int[] padWidth(int inputWidth) {
    return pad(inputWidth, outputWidth(inputWidth), width, strideWidth, dilationWidth);
  }

  /** The height and width of the dilated window, from its first tap to the last. */
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
