package org.lossbook.layer.convolution;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.WindowExplorer;
import org.lossbook.layer.worked.WorkedWindow;

/**
 * 2D convolution: slides {@code filters} small kernels over an image. Each output pixel is φ of the
 * sum of pixel times weight over the kernel's window and all channels, plus a bias. {@code [h, w,
 * in] -> [h', w', filters]}
 *
 * <p>Parameters: kernel {@code [height, width, in / groups, filters]}, initially Glorot uniform;
 * bias {@code [filters]}, zeros. {@code conv2d(32, 3)} on a greyscale image has 320 and turns 28×28
 * into 26×26.
 *
 * @question Where in an image does a small pattern occur?
 * @use For images, and anything with neighbours in two directions.
 * @avoid For tables, whose columns have no neighbours.
 */
public final class Conv2d extends Convolution<Conv2d> {
  public Conv2d(int filters, int kernelHeight, int kernelWidth) {
    super(filters, kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "conv2d";
  }

  @Override
  String kerasClass() {
    return "Conv2D";
  }

  static Conv2d from(Settings settings) {
    return new Conv2d(settings.integer("filters"), 1, 1)
        .read(settings, Padding.VALID, Padding.SAME);
  }

  /**
   * The window to slide over an image, in the page and without a kernel: what lies under it, the
   * products and their sum, and sliders for a small kernel; with first weights.
   *
   * @param image {@code [height, width]}
   * @throws IllegalArgumentException for an image of several channels
   */
  public WindowExplorer explore(Object image) {
    return explored(image, Optional.empty());
  }

  /**
   * The same with your kernel: {@code conv2d(1, 2).explore(image, matrix(row(-1, 1), row(-1, 1)))}.
   *
   * @param kernel {@code [height, width, 1, filters]}; axes of length 1 may be left out
   */
  public WindowExplorer explore(Object image, Object kernel) {
    return explored(image, GivenWeights.kernel(kind(), kernel));
  }

  private WindowExplorer explored(Object image, Optional<Object> kernel) {
    var worked =
        new WorkedWindow("conv2d", toString(), window(), Values.of("conv2d.explore", image));
    if (worked.channels() != 1) {
      throw Messages.wrong(
          "conv2d.explore expects an image of one channel but receives one of %d: explore one of them, such as the grey image.",
          worked.channels());
    }
    return worked.explorer(given(1, kernel), Optional.empty(), activation());
  }
}
