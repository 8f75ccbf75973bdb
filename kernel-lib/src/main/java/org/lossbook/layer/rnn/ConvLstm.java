package org.lossbook.layer.rnn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.WindowArguments;

/**
 * An LSTM of sequences of signals, images or volumes, whose products are convolutions.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class ConvLstm<L extends ConvLstm<L>> extends LstmUnits<L>
    implements SequenceLayer<L> {
  private static final String[] EXTENTS = {
    "length, channels", "height, width, channels", "depth, height, width, channels"
  };

  private Window window;

  ConvLstm(int filters, int... kernelSize) {
    super(LayerChecks.requirePositive("conv_lstm" + kernelSize.length + "d", "filters", filters));
    window = WindowArguments.of(kind(), kernelSize);
  }

  /** Moves the kernel of the inputs by that many positions, 1 by default; not that of the state. */
  public L strides(int... strides) {
    return withWindow(WindowArguments.strides(kind(), window, strides));
  }

  /** Zero padding at the borders: without strides, the output has the input's extents. */
  public L same() {
    return withWindow(window.padding(Padding.SAME));
  }

  /** No padding of the inputs, the default; the state keeps its extents always. */
  public L valid() {
    return withWindow(window.padding(Padding.VALID));
  }

  /** Dilation of the kernel of the inputs; 1, the default, leaves no gap. */
  public L dilation(int... dilation) {
    return withWindow(WindowArguments.dilation(kind(), window, dilation));
  }

  final L withWindow(Window given) {
    return with(copy -> convolution(copy).window = given);
  }

  private static ConvLstm<?> convolution(ConvLstm<?> layer) {
    return layer;
  }

  /** Keras's class. */
  abstract String kerasClass();

  @Override
  int[] kernelShape(int from, int to) {
    int[] shape = Arrays.copyOf(window.sizes(), window.axes() + 2);
    shape[window.axes()] = from;
    shape[window.axes() + 1] = to;
    return shape;
  }

  @Override
  Cell cell() {
    return new Cell() {
      @Override
      public void requireSequence(String who, int... shape) {
        int axes = window.axes();
        if (shape.length != axes + 2) {
          boolean isOne = shape.length == axes + 1 && Shapes.areFixed(shape);
          throw Messages.wrong(
              "%s expects sequences [batch, steps, %s] but receives %s: add reshape(%s) before it.",
              who,
              EXTENTS[axes - 1],
              LayerChecks.batched(shape),
              isOne
                  ? Arrays.toString(Sequences.joined(1, shape)).replaceAll("[\\[\\]]", "")
                  : "steps, " + EXTENTS[axes - 1]);
        }
      }

      @Override
      public int numbersOfStep(boolean training) {
        return numbersOf(training);
      }

      @Override
      public String owner() {
        return RECURRENT;
      }

      @Override
      public List<int[]> states(int... step) {
        int[] shape = WindowArguments.outputShape(kind(), window, step, units());
        return List.of(shape, shape.clone());
      }

      @Override
      public Steps steps(Graph graph, Function<String, Parameters.Slot> weights) {
        return new OfImages(graph, weights);
      }
    };
  }

  @Override
  boolean dropsByGate() {
    return true;
  }

  /** Steps whose products are convolutions, each by itself. */
  private final class OfImages extends LstmSteps {
    private final Window within = Window.of(window.sizes()).padding(Padding.SAME);

    OfImages(Graph graph, Function<String, Parameters.Slot> weights) {
      super(ConvLstm.this, graph, weights);
    }

    @Override
    public Tensor prepare(Tensor x) {
      return x;
    }

    @Override
    Tensor input(Tensor prepared) {
      return inputs(
          prepared, some -> graph.convolution(some, kernel(), bias(), window, 1), prepared.shape());
    }

    @Override
    Tensor recurrent(Tensor h) {
      return graph.convolution(h, recurrentKernel(), Optional.empty(), within, 1);
    }
  }

  @Override
  Config sizeIn(Config config) {
    return WindowArguments.saved(config.with("filters", units()), window, "kernel_size")
        .with("dilation_rate", window.dilations());
  }

  @Override
  public String toString() {
    return kind()
        + "("
        + units()
        + ", "
        + Arrays.toString(window.sizes()).replaceAll("[\\[\\] ]", "").replace(",", "×")
        + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        lstmIn(SequenceSetting.in(Config.of("keras.layers", kerasClass()), sequence())));
  }

  /** A copy with the settings of a file. */
  final L read(Settings settings) {
    int axes = window.axes();
    Window read =
        WindowArguments.from(
            settings, kind(), axes, "kernel_size", false, Padding.VALID, Padding.SAME);
    int[] dilation =
        settings.has("dilation_rate") ? settings.integers("dilation_rate", axes) : new int[] {1};
    return lstmFrom(settings).withWindow(WindowArguments.dilation(kind(), read, dilation));
  }
}
