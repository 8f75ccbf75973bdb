package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.engine.TransposedWindow;
import org.lossbook.engine.Window;

/**
 * A transposed convolution: each input adds its number times the kernel to the output, and an
 * output is the sum of what reaches it.
 *
 * @hidden
 */
@Internal
public final class WorkedTransposed {
  private final TransposedWindow transposed;
  private final Values x;
  private final Places inputs;
  private final Places outputs;

  /**
   * @param x one sample {@code [extents…, channels]}
   */
  public WorkedTransposed(TransposedWindow transposed, Values x) {
    this.transposed = transposed;
    this.x = x;
    int axes = transposed.window().axes();
    inputs = new Places(Arrays.copyOf(x.shape(), axes));
    outputs =
        new Places(
            IntStream.range(0, axes)
                .map(axis -> (int) transposed.output(axis, inputs.extent(axis)))
                .toArray());
  }

  /**
   * @param kernel {@code [sizes…, filters, channels]}
   */
  public LayerSteps explain(
      String title, Values kernel, Optional<Values> bias, Activation activation) {
    int[] shape = kernel.shape();
    int channels = shape[shape.length - 1];
    int filters = shape[shape.length - 2];
    List<List<Tap>> taps = taps();
    double[] before = new double[outputs.count() * filters];
    List<String> written = new ArrayList<>();
    for (int place = 0; place < taps.size(); place++) {
      for (int f = 0; f < filters; f++) {
        var terms = new Terms();
        for (Tap tap : taps.get(place)) {
          for (int c = 0; c < channels; c++) {
            terms.product(
                x.get(tap.input * channels + c),
                kernel.get((tap.kernel * filters + f) * channels + c));
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
    if (outputs.isPicture()) {
      grids.add(inputs.grid("input", i -> x.get(i * channels), i -> i == 0));
      grids.add(
          new Places(transposed.window().sizes())
              .grid("kernel", i -> kernel.get(i * filters * channels), i -> true));
      grids.add(
          outputs.grid(
              "output, shaded where the shaded input adds to it",
              i -> after[i * filters],
              i -> taps.get(i).stream().anyMatch(tap -> tap.input == 0)));
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

  /** An input that reaches an output, and the number of the kernel by which it does. */
  private record Tap(int input, int kernel) {}

  /** For each output what reaches it, in the order of the inputs. */
  private List<List<Tap>> taps() {
    Window window = transposed.window();
    var kernel = new Places(window.sizes());
    List<List<Tap>> taps = new ArrayList<>();
    IntStream.range(0, outputs.count()).forEach(place -> taps.add(new ArrayList<>()));
    for (int input = 0; input < inputs.count(); input++) {
      int[] from = inputs.index(input);
      for (int k = 0; k < kernel.count(); k++) {
        int[] at = kernel.index(k);
        for (int axis = 0; axis < at.length; axis++) {
          at[axis] =
              from[axis] * window.strides()[axis]
                  + at[axis] * window.dilations()[axis]
                  - (int) transposed.before(axis);
        }
        int place = outputs.flat(at);
        if (place >= 0) {
          taps.get(place).add(new Tap(input, k));
        }
      }
    }
    return taps;
  }
}
