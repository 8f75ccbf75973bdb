package org.lossbook.layer.rnn;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedRecurrence;

/**
 * The units of a GRU, in a layer or in a cell.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class GruUnits<L extends GruUnits<L>> extends GatedUnits<L> {
  private boolean resetAfter = true;

  GruUnits(int units) {
    super(units);
  }

  /**
   * Whether the reset gate acts on the state after its multiplication with the recurrent kernel,
   * which then has a bias of its own; true by default. {@code resetAfter(false)} is the form of the
   * first publication.
   */
  public L resetAfter(boolean resetAfter) {
    return with(copy -> gru(copy).resetAfter = resetAfter);
  }

  private static GruUnits<?> gru(GruUnits<?> layer) {
    return layer;
  }

  @Override
  int parts() {
    return 3;
  }

  @Override
  int[] biasShape() {
    return resetAfter ? new int[] {2, 3 * units()} : super.biasShape();
  }

  private Recurrence.Cell form() {
    return resetAfter ? Recurrence.Cell.GRU : Recurrence.Cell.GRU_RESET_BEFORE;
  }

  @Override
  LayerSteps worked(WorkedRecurrence recurrence) {
    return recurrence.gru(toString(), resetAfter, isBackwards(), givesAll());
  }

  @Override
  Cell cell() {
    return new Cell() {
      @Override
      public Optional<Whole> whole(Graph graph) {
        return GruUnits.this.whole(graph, form());
      }

      @Override
      public int numbersOfStep(boolean training) {
        return numbersOf(training);
      }

      @Override
      public long numbers(int steps, boolean training, int... step) {
        return runsWhole(training)
            ? wholeNumbers(form(), steps, training, step)
            : stepwise(steps, training, step);
      }

      @Override
      public String owner() {
        return RECURRENT;
      }

      @Override
      public List<int[]> states(int... step) {
        return List.of(new int[] {units()});
      }

      @Override
      public Steps steps(Graph graph, Function<String, Parameters.Slot> weights) {
        return new GruSteps(GruUnits.this, graph, weights);
      }
    };
  }

  /** z, r = σ(…), h' = z · h + (1 − z) · φ(x W + r · (h U) or (r · h) U). */
  private static final class GruSteps implements Cell.Steps {
    private final GruUnits<?> layer;
    private final Graph graph;
    private final StepDropout dropout;
    private final StepDropout recurrentDropout;
    private final Parameters.Slot kernel;
    private final Parameters.Slot recurrentKernel;
    private final Optional<Parameters.Slot> bias;
    private final Optional<Parameters.Slot> recurrentBias;

    GruSteps(GruUnits<?> layer, Graph graph, Function<String, Parameters.Slot> weights) {
      this.layer = layer;
      this.graph = graph;
      dropout = layer.dropoutOf(graph, layer.dropout());
      recurrentDropout = layer.dropoutOf(graph, layer.recurrentDropout());
      kernel = weights.apply(KERNEL);
      recurrentKernel = weights.apply(RECURRENT);
      Optional<Parameters.Slot> both =
          layer.usesBias() ? Optional.of(weights.apply(BIAS)) : Optional.empty();
      bias = layer.resetAfter() ? both.map(slot -> row(slot, 0)) : both;
      recurrentBias = layer.resetAfter() ? both.map(slot -> row(slot, 1)) : Optional.empty();
    }

    private static Parameters.Slot row(Parameters.Slot slot, int row) {
      Parameter all = slot.parameter();
      int width = all.shape()[1];
      Parameter one =
          new Parameter(all.name(), new int[] {width}, all.initializer(), all.trainable());
      return new Parameters.Slot(one, slot.offset() + row * width);
    }

    @Override
    public Tensor prepare(Tensor x) {
      return dropout.product(
          x, layer.units(), some -> graph.dense(some, kernel, bias), Shapes.last(x.shape()));
    }

    @Override
    public Cell.Step next(Tensor prepared, List<Tensor> states) {
      Tensor before = states.get(0);
      int units = layer.units();
      Tensor inner =
          recurrentDropout.product(
              before, units, h -> graph.dense(h, recurrentKernel, recurrentBias), units);
      Tensor update = gate(prepared, inner, 0);
      Tensor reset = gate(prepared, inner, 1);
      Tensor recurrent =
          layer.resetAfter()
              ? graph.product(reset, part(inner, 2))
              : part(times(graph.product(reset, recurrentDropout.of(2, before, units))), 2);
      Tensor candidate =
          graph.activation(
              graph.sum(List.of(part(prepared, 2), recurrent), 1, 1), layer.function());
      Tensor change = graph.sum(List.of(before, candidate), 1, -1);
      Tensor output = graph.sum(List.of(candidate, graph.product(update, change)), 1, 1);
      return new Cell.Step(output, List.of(output));
    }

    private Tensor times(Tensor state) {
      return graph.dense(state, recurrentKernel, Optional.empty());
    }

    private Tensor gate(Tensor prepared, Tensor inner, int index) {
      Tensor z = graph.sum(List.of(part(prepared, index), part(inner, index)), 1, 1);
      return graph.activation(z, layer.gates());
    }

    private Tensor part(Tensor z, int index) {
      return Parts.of(graph, z, index, layer.units());
    }
  }

  final boolean resetAfter() {
    return resetAfter;
  }

  final Config gruIn(Config config) {
    return gatesIn(unitsIn(config)).with("reset_after", resetAfter);
  }

  final L gruFrom(Settings settings) {
    return gatesFrom(settings).resetAfter(settings.flag("reset_after", true));
  }
}
