package org.lossbook.layer.rnn;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/** The steps of an LSTM: i, f, o = σ(…), c' = f · c + i · φ(…), h' = o · φ(c'). */
abstract class LstmSteps implements Cell.Steps {
  final Graph graph;
  private final LstmUnits<?> layer;
  private final Function<String, Parameters.Slot> weights;
  private final StepDropout dropout;
  private final StepDropout recurrentDropout;

  LstmSteps(LstmUnits<?> layer, Graph graph, Function<String, Parameters.Slot> weights) {
    this.layer = layer;
    this.graph = graph;
    this.weights = weights;
    dropout = layer.dropoutOf(graph, layer.dropout());
    recurrentDropout = layer.dropoutOf(graph, layer.recurrentDropout());
  }

  /** The products of inputs with the kernel. */
  final Tensor inputs(Tensor x, UnaryOperator<Tensor> times, int... step) {
    return dropout.product(x, layer.units(), times, step);
  }

  final Parameters.Slot kernel() {
    return weights.apply(RecurrentUnits.KERNEL);
  }

  final Parameters.Slot recurrentKernel() {
    return weights.apply(RecurrentUnits.RECURRENT);
  }

  final Optional<Parameters.Slot> bias() {
    return layer.usesBias() ? Optional.of(weights.apply(RecurrentUnits.BIAS)) : Optional.empty();
  }

  /** What a step's input brings into the gates. */
  abstract Tensor input(Tensor prepared);

  /** What the state brings into them. */
  abstract Tensor recurrent(Tensor h);

  @Override
  public final Cell.Step next(Tensor prepared, List<Tensor> states) {
    Tensor h = states.get(0);
    Tensor recurrent = recurrentDropout.product(h, layer.units(), this::recurrent, h.shape());
    Tensor z = graph.sum(List.of(input(prepared), recurrent), 1, 1);
    Tensor in = graph.activation(gate(z, 0), layer.gates());
    Tensor forget = graph.activation(gate(z, 1), layer.gates());
    Tensor out = graph.activation(gate(z, 3), layer.gates());
    Tensor candidate = graph.activation(gate(z, 2), layer.function());
    Tensor c =
        graph.sum(
            List.of(graph.product(forget, states.get(1)), graph.product(in, candidate)), 1, 1);
    Tensor output = graph.product(out, graph.activation(c, layer.function()));
    return new Cell.Step(output, List.of(output, c));
  }

  private Tensor gate(Tensor z, int index) {
    return Parts.of(graph, z, index, layer.units());
  }

  /** Of rows of features, all of whose products are one. */
  static final class OfRows extends LstmSteps {
    OfRows(LstmUnits<?> layer, Graph graph, Function<String, Parameters.Slot> weights) {
      super(layer, graph, weights);
    }

    @Override
    public Tensor prepare(Tensor x) {
      return inputs(x, some -> graph.dense(some, kernel(), bias()), Shapes.last(x.shape()));
    }

    @Override
    Tensor input(Tensor prepared) {
      return prepared;
    }

    @Override
    Tensor recurrent(Tensor h) {
      return graph.dense(h, recurrentKernel(), Optional.empty());
    }
  }
}
