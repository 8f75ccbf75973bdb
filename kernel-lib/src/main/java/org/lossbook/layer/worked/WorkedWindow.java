package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Window;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Numbers;
import org.lossbook.layer.function.ElementFormula;
import org.lossbook.layer.function.KerasFunctions;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Pixels;
import org.lossbook.plot.explorer.Data;
import org.lossbook.plot.explorer.Shell;

/**
 * A window that slides over a sequence, an image or a volume: a convolution's products and their
 * sum, or a pooling's maximum or mean, place by place.
 *
 * @hidden
 */
@Internal
public final class WorkedWindow {
  private final String title;
  private final Window window;
  private final Values x;
  private final Places inputs;
  private final int channels;
  private final Places outputs;

  /**
   * @param who the caller, for errors
   * @param x one sample, with or without an axis of channels
   */
  public WorkedWindow(String who, String title, Window window, Values x) {
    this.title = title;
    this.window = window;
    this.x = x;
    int axes = window.axes();
    int[] shape = x.shape();
    if (shape.length != axes && shape.length != axes + 1) {
      throw Messages.wrong(
          "%s.explain expects one sample of %d axes, or of %d with channels at the end, but receives shape %s: give one without the axis of the batch.",
          who, axes, axes + 1, Arrays.toString(shape));
    }
    inputs = new Places(Arrays.copyOf(shape, axes));
    channels = shape.length == axes ? 1 : shape[axes];
    int[] counts = IntStream.range(0, axes).map(axis -> window.output(axis, shape[axis])).toArray();
    if (Arrays.stream(counts).anyMatch(count -> count < 1)) {
      throw Messages.wrong(
          "%s.explain expects a sample as large as its window %s but receives shape %s: give a larger one, or a smaller window.",
          who, Arrays.toString(window.sizes()), Arrays.toString(shape));
    }
    outputs = new Places(counts);
  }

  /** One window over the whole sample. */
  public static WorkedWindow whole(String who, String title, int axes, Values x) {
    int[] shape = x.shape();
    int[] one = new int[axes];
    Arrays.fill(one, 1);
    int[] sizes = shape.length < axes ? one : Arrays.copyOf(shape, axes);
    return new WorkedWindow(who, title, Window.of(sizes), x);
  }

  /** The number of channels of the sample. */
  public int channels() {
    return channels;
  }

  /** A place that the window covers, and the number of the kernel that lies on it. */
  private record Tap(int place, int kernel) {}

  /** The places within the sample that the window covers for an output, in their order. */
  private List<Tap> taps(int output) {
    int[] at = outputs.index(output);
    var kernel = new Places(window.sizes());
    List<Tap> taps = new ArrayList<>();
    for (int k = 0; k < kernel.count(); k++) {
      int[] position = kernel.index(k);
      for (int axis = 0; axis < position.length; axis++) {
        position[axis] =
            at[axis] * window.strides()[axis]
                + position[axis] * window.dilations()[axis]
                - window.before(axis, inputs.extent(axis));
      }
      int place = inputs.flat(position);
      if (place >= 0) {
        taps.add(new Tap(place, k));
      }
    }
    return taps;
  }

  /**
   * The products and their sums.
   *
   * @param kernel {@code [sizes…, channels / groups, filters]}
   */
  public LayerSteps convolved(
      Values kernel, int groups, Optional<Values> bias, Activation activation) {
    int[] shape = kernel.shape();
    int filters = shape[shape.length - 1];
    int each = channels / groups;
    int places = outputs.count();
    double[] before = new double[places * filters];
    List<String> written = new ArrayList<>();
    for (int place = 0; place < places; place++) {
      List<Tap> taps = taps(place);
      for (int f = 0; f < filters; f++) {
        var terms = new Terms();
        int first = f / (filters / groups) * each;
        for (Tap tap : taps) {
          for (int c = 0; c < each; c++) {
            terms.product(
                x.get(tap.place * channels + first + c),
                kernel.get((tap.kernel * each + c) * filters + f));
          }
        }
        int filter = f;
        bias.ifPresent(numbers -> terms.number(numbers.get(filter)));
        before[place * filters + f] = terms.sum();
        written.add(terms.toString());
      }
    }
    double[] after = Ended.values(activation, before, filters);
    List<Grid> grids = new ArrayList<>();
    if (inputs.isPicture()) {
      grids.add(input());
      if (each == 1) {
        grids.add(
            new Places(window.sizes()).grid("kernel", i -> kernel.get(i * filters), i -> true));
      }
      grids.add(outputs.grid("output", i -> after[i * filters], i -> i == 0));
    }
    return WorkedDense.ended(
        title,
        grids,
        outputs.names(filters),
        written,
        before,
        filters,
        activation,
        outputs.with(filters));
  }

  /**
   * The window to slide over an image of one channel.
   *
   * @param kernel {@code [height, width, 1, filters]}
   * @throws IllegalArgumentException for an activation of rows, such as softmax
   */
  public WindowExplorer explorer(Values kernel, Optional<Values> bias, Activation activation) {
    ElementFormula function =
        KerasFunctions.formulaOf(activation)
            .orElseThrow(
                () ->
                    Messages.wrong(
                        "conv2d.explore expects an activation of each number alone but receives %s: explore the layer without it.",
                        activation.kerasName()));
    boolean isLinear = Ended.isLinear(activation);
    Expr t = Expr.parameter("t", "t", 0);
    int filters = kernel.shape()[3];
    double[] weights = kernel.toDoubles();
    double most = Math.max(1, Arrays.stream(weights).map(Math::abs).max().orElseThrow());
    int[][] taps = new int[outputs.count()][];
    for (int place = 0; place < taps.length; place++) {
      taps[place] =
          taps(place).stream().flatMapToInt(tap -> IntStream.of(tap.place, tap.kernel)).toArray();
    }
    LayerSteps steps = convolved(kernel, 1, bias, activation);
    int[] axes = {0, 1};
    Data data =
        new Data()
            .with("title", title)
            .with("rows", inputs.extent(0))
            .with("columns", inputs.extent(1))
            .with("numbers", x.toDoubles())
            .with("height", outputs.extent(0))
            .with("width", outputs.extent(1))
            .with("taps", taps)
            .with("kernel", weights)
            .with("kernelColumns", kernel.shape()[1])
            .with("filters", filters)
            .with("bias", bias.map(Values::toDoubles).orElse(new double[filters]))
            .with("lowest", -2 * most)
            .with("highest", 2 * most)
            .with("step", most / 20)
            .with("strides", window.strides())
            .with("reach", Arrays.stream(axes).mapToLong(window::reach).toArray())
            .with(
                "before",
                Arrays.stream(axes).map(a -> window.before(a, inputs.extent(a))).toArray())
            .with("activation", isLinear ? "" : function.name())
            .withFunction(
                "activate",
                JavaScript.of(
                    1, List.of(t), function.formula().substituted(Map.of(ElementFormula.X, t))))
            .withFunction("sums", Shell.script("window"));
    double[] sums = new double[taps.length];
    Arrays.setAll(sums, place -> steps.result().get(place * filters));
    String named = isLinear ? "sum of the products" : function.name() + " of the sums";
    Figure still =
        Pixels.of("input", rows(x.toDoubles(), inputs.extent(1)))
            .beside(Pixels.of(named, rows(sums, outputs.extent(1))))
            .figure();
    return new WindowExplorer(data, still, steps);
  }

  private static double[][] rows(double[] numbers, int columns) {
    return IntStream.range(0, numbers.length / columns)
        .mapToObj(r -> Arrays.copyOfRange(numbers, r * columns, (r + 1) * columns))
        .toArray(double[][]::new);
  }

  /** The largest number under the window, or their mean. */
  public LayerSteps pooled(boolean isMaximum) {
    return pooled(isMaximum, outputs.names(channels), outputs.with(channels));
  }

  /** The same of a window over the whole sample, which gives one number for each channel. */
  public LayerSteps pooledWhole(boolean isMaximum, int... shape) {
    List<String> names =
        IntStream.range(0, channels).mapToObj(c -> channels == 1 ? "y" : "channel " + c).toList();
    return pooled(isMaximum, names, shape);
  }

  private LayerSteps pooled(boolean isMaximum, List<String> names, int... shape) {
    int places = outputs.count();
    double[] result = new double[places * channels];
    List<List<String>> lines = new ArrayList<>();
    for (int place = 0; place < places; place++) {
      List<Tap> taps = taps(place);
      for (int c = 0; c < channels; c++) {
        int channel = c;
        double[] numbers =
            taps.stream().mapToDouble(tap -> x.get(tap.place * channels + channel)).toArray();
        double pooled =
            isMaximum
                ? Arrays.stream(numbers).max().orElseThrow()
                : Arrays.stream(numbers).average().orElseThrow();
        String all =
            Arrays.stream(numbers)
                .limit(9)
                .mapToObj(number -> isMaximum ? Numbers.text(number) : Terms.text(number, false))
                .collect(Collectors.joining(isMaximum ? ", " : " + "));
        String more = numbers.length > 9 ? isMaximum ? ", …" : " + …" : "";
        lines.add(
            List.of(
                names.get(place * channels + c),
                isMaximum ? "max(" + all + more + ")" : "(" + all + more + ")/" + numbers.length,
                Numbers.text(pooled)));
        result[place * channels + c] = pooled;
      }
    }
    List<Grid> grids =
        inputs.isPicture()
            ? List.of(input(), outputs.grid("output", i -> result[i * channels], i -> i == 0))
            : List.of();
    return new LayerSteps(title, grids, lines, Values.of(result, shape));
  }

  /** The first channel, and under it the window of the first output. */
  private Grid input() {
    List<Integer> covered = taps(0).stream().map(Tap::place).toList();
    return inputs.grid("input", i -> x.get(i * channels), covered::contains);
  }
}
