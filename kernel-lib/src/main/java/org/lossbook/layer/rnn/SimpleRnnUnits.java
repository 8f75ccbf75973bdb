package org.lossbook.layer.rnn;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedRecurrence;

/**
 * The units of a simple recurrent layer, in a layer or in a cell.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class SimpleRnnUnits<L extends SimpleRnnUnits<L>> extends RecurrentUnits<L> {
  SimpleRnnUnits(int units) {
    super(units);
  }

  @Override
  int parts() {
    return 1;
  }

  @Override
  LayerSteps worked(WorkedRecurrence recurrence) {
    return recurrence.simple(toString(), isBackwards(), givesAll());
  }

  @Override
  Cell cell() {
    return new Cell() {
      @Override
      public Optional<Whole> whole(Graph graph) {
        return SimpleRnnUnits.this.whole(graph, Recurrence.Cell.SIMPLE);
      }

      @Override
      public int numbersOfStep(boolean training) {
        return numbersOf(training);
      }

      @Override
      public long numbers(int steps, boolean training, int... step) {
        return runsWhole(training)
            ? wholeNumbers(Recurrence.Cell.SIMPLE, steps, training, step)
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
        return new SimpleSteps(SimpleRnnUnits.this, graph, weights);
      }
    };
  }

  /** h' = φ(x W + h U + b). */
  private record SimpleSteps(
      SimpleRnnUnits<?> layer,
      Graph graph,
      Function<String, Parameters.Slot> weights,
      StepDropout dropout,
      StepDropout recurrentDropout)
      implements Cell.Steps {
    SimpleSteps(SimpleRnnUnits<?> layer, Graph graph, Function<String, Parameters.Slot> weights) {
      this(
          layer,
          graph,
          weights,
          new StepDropout(graph, layer.dropout()),
          new StepDropout(graph, layer.recurrentDropout()));
    }

    @Override
    public Tensor prepare(Tensor x) {
      Optional<Parameters.Slot> bias =
          layer.usesBias() ? Optional.of(weights.apply(BIAS)) : Optional.empty();
      Tensor kept = dropout.of(x, Shapes.last(x.shape()));
      return graph.dense(kept, weights.apply(KERNEL), bias);
    }

    @Override
    public Cell.Step next(Tensor prepared, List<Tensor> states) {
      Tensor h = recurrentDropout.of(states.get(0), layer.units());
      Tensor recurrent = graph.dense(h, weights.apply(RECURRENT), Optional.empty());
      Tensor z = graph.sum(List.of(prepared, recurrent), 1, 1);
      Tensor output = graph.activation(z, layer.function());
      return new Cell.Step(output, List.of(output));
    }
  }
}
