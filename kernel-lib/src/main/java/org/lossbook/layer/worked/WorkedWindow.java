package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Window;
import org.lossbook.formula.Numbers;
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
  /** A picture shows images up to so many numbers a side. */
  private static final int LARGEST = 14;

  private final String title;
  private final Window window;
  private final Values x;
  private final int[] extents;
  private final int channels;
  private final int[] outputs;

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
    extents = Arrays.copyOf(shape, axes);
    channels = shape.length == axes ? 1 : shape[axes];
    outputs = IntStream.range(0, axes).map(axis -> window.output(axis, extents[axis])).toArray();
    if (Arrays.stream(outputs).anyMatch(count -> count < 1)) {
      throw Messages.wrong(
          "%s.explain expects a sample as large as its window %s but receives shape %s: give a larger one, or a smaller window.",
          who, Arrays.toString(window.sizes()), Arrays.toString(shape));
    }
  }

  /** The number of channels of the sample. */
  public int channels() {
    return channels;
  }

  /** A place that the window covers, and the number of the kernel that lies on it. */
  private record Tap(int place, int kernel) {}

  /** The places within the sample that the window covers for an output, in their order. */
  private List<Tap> taps(int output) {
    int axes = window.axes();
    int[] at = index(output, outputs);
    int[] sizes = window.sizes();
    List<Tap> taps = new ArrayList<>();
    for (int k = 0; k < size(sizes); k++) {
      int[] within = index(k, sizes);
      int place = 0;
      boolean isInside = true;
      for (int axis = 0; axis < axes; axis++) {
        int position =
            at[axis] * window.strides()[axis]
                + within[axis] * window.dilations()[axis]
                - window.before(axis, extents[axis]);
        isInside &= position >= 0 && position < extents[axis];
        place = place * extents[axis] + position;
      }
      if (isInside) {
        taps.add(new Tap(place, k));
      }
    }
    return taps;
  }

  private static int size(int... extents) {
    return Arrays.stream(extents).reduce(1, (a, b) -> a * b);
  }

  private static int[] index(int flat, int... extents) {
    int[] index = new int[extents.length];
    int rest = flat;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      index[axis] = rest % extents[axis];
      rest /= extents[axis];
    }
    return index;
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
    int places = size(outputs);
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
    if (isPicture()) {
      grids.add(input());
      int[] sizes = window.sizes();
      if (each == 1) {
        grids.add(grid("kernel", sizes, i -> kernel.get(i * filters), i -> true));
      }
      grids.add(grid("output", outputs, i -> after[i * filters], i -> i == 0));
    }
    return WorkedDense.ended(
        title, grids, names(filters), written, before, filters, activation, result(filters));
  }

  /**
   * The window to slide over an image of one channel.
   *
   * @param kernel {@code [height, width, 1, filters]}
   */
  public WindowExplorer explorer(Values kernel, Optional<Values> bias) {
    int filters = kernel.shape()[3];
    double[] weights = kernel.toDoubles();
    double most = Math.max(1, Arrays.stream(weights).map(Math::abs).max().orElseThrow());
    int[][] taps = new int[size(outputs)][];
    for (int place = 0; place < taps.length; place++) {
      taps[place] =
          taps(place).stream().flatMapToInt(tap -> IntStream.of(tap.place, tap.kernel)).toArray();
    }
    LayerSteps steps = convolved(kernel, 1, bias, Activation.LINEAR);
    int[] axes = {0, 1};
    Data data =
        new Data()
            .with("title", title)
            .with("rows", extents[0])
            .with("columns", extents[1])
            .with("numbers", x.toDoubles())
            .with("height", outputs[0])
            .with("width", outputs[1])
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
            .with("before", Arrays.stream(axes).map(a -> window.before(a, extents[a])).toArray())
            .withFunction("sums", Shell.script("window"));
    double[] sums = new double[taps.length];
    Arrays.setAll(sums, place -> steps.result().get(place * filters));
    Figure still =
        Pixels.of("input", rows(x.toDoubles(), extents[1]))
            .beside(Pixels.of("sum of the products", rows(sums, outputs[1])))
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
    int places = size(outputs);
    double[] result = new double[places * channels];
    List<List<String>> lines = new ArrayList<>();
    List<String> names = names(channels);
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
        isPicture()
            ? List.of(input(), grid("output", outputs, i -> result[i * channels], i -> i == 0))
            : List.of();
    return new LayerSteps(title, grids, lines, Values.of(result, result(channels)));
  }

  private int[] result(int width) {
    int[] shape = Arrays.copyOf(outputs, outputs.length + 1);
    shape[outputs.length] = width;
    return shape;
  }

  private List<String> names(int width) {
    List<String> names = new ArrayList<>();
    for (int place = 0; place < size(outputs); place++) {
      String at =
          Arrays.stream(index(place, outputs))
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      for (int f = 0; f < width; f++) {
        names.add(width == 1 ? at : at + ", channel " + f);
      }
    }
    return names;
  }

  private boolean isPicture() {
    return window.axes() <= 2 && Arrays.stream(extents).allMatch(extent -> extent <= LARGEST);
  }

  /** The first channel, and under it the window of the first output. */
  private Grid input() {
    List<Integer> covered = taps(0).stream().map(Tap::place).toList();
    return grid("input", extents, i -> x.get(i * channels), covered::contains);
  }

  private static Grid grid(
      String title,
      int[] extents,
      java.util.function.IntToDoubleFunction numbers,
      java.util.function.Predicate<Integer> isShaded) {
    int columns = extents[extents.length - 1];
    int rows = size(extents) / columns;
    List<List<String>> text =
        IntStream.range(0, rows)
            .mapToObj(
                r ->
                    IntStream.range(0, columns)
                        .mapToObj(c -> Numbers.brief(numbers.applyAsDouble(r * columns + c)))
                        .toList())
            .toList();
    return new Grid(title, text, (r, c) -> isShaded.test(r * columns + c));
  }
}
