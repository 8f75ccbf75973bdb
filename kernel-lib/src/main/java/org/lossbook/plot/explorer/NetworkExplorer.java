package org.lossbook.plot.explorer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;

/**
 * A small network whose weights and inputs can be moved in a page without a kernel: values go
 * forward, slopes come back. Where scripts do not run, a static image takes its place.
 *
 * @param layers dense layers and functions, in order
 * @param x the samples, one a row
 * @param y the targets, flat
 * @param loss the loss's name
 * @param lossFunction JavaScript: {@code (n, y, yHat) => [loss, slopes]}
 * @param fused whether the loss takes the numbers before the last function
 * @param still the static image for pages without scripts
 * @param text for a terminal
 */
public record NetworkExplorer(
    List<Layer> layers,
    double[][] x,
    double[] y,
    String loss,
    String lossFunction,
    boolean fused,
    Figure still,
    String text)
    implements Renderable {
  /**
   * A layer.
   *
   * @param to how many numbers it gives
   * @param kernel one row per input; empty where the layer is only a function
   * @param bias empty where it has none
   * @param function JavaScript: {@code (n, z, g) => [_, φ(z), g ⊙ φ′(z)]}
   */
  public record Layer(
      String name, int from, int to, double[][] kernel, double[] bias, String function) {
    private Data data() {
      return new Data()
          .with("name", name)
          .with("from", from)
          .with("to", to)
          .with("dense", kernel.length > 0)
          .with("biased", bias.length > 0)
          .withFunction("f", function);
    }

    private DoubleStream weights() {
      return DoubleStream.concat(
          Arrays.stream(kernel).flatMapToDouble(Arrays::stream), Arrays.stream(bias));
    }
  }

  /** Copies the list. */
  public NetworkExplorer {
    layers = List.copyOf(layers);
  }

  /** The weights in the order in which {@link #pass} takes them. */
  public double[] weights() {
    return layers.stream().flatMapToDouble(Layer::weights).toArray();
  }

  /**
   * What the page computes, in JavaScript: {@code (x, weights) => [loss, outputs, Δ, slopes of the
   * weights, slopes of x]}, each flat and row by row.
   */
  public String pass() {
    Data net =
        new Data()
            .with("rows", x.length)
            .with("fused", fused)
            .with("y", y)
            .withAll("layers", layers.stream().map(Layer::data).toList())
            .withFunction("loss", lossFunction);
    return "(" + Shell.script("network") + ")(" + net + ")";
  }

  /** HTML as {@code text/html}, and the static image as {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    Data net =
        new Data()
            .with("rows", x.length)
            .withAll("layers", layers.stream().map(Layer::data).toList())
            .withFunction("pass", pass());
    Data data =
        new Data()
            .with("title", "Values forward, slopes backward")
            .with("loss", loss)
            .with("x", Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray())
            .with("w", weights())
            .with("net", net);
    return Shell.mimeBundle("backprop", data, still);
  }

  /** The steps, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
