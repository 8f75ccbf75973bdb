package org.lossbook.engine.onednn;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.engine.Attention;
import org.lossbook.engine.AttentionMasks;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.attention.AttentionWeights;
import org.lossbook.engine.onednn.attention.FusedAttention;
import org.lossbook.engine.onednn.attention.HeadProduct;
import org.lossbook.engine.onednn.attention.MaskNodes;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.RunStates;
import org.lossbook.engine.onednn.recurrent.Recurrent;
import org.lossbook.engine.onednn.recurrent.RecurrentWeights;
import org.lossbook.engine.onednn.rows.Dot;
import org.lossbook.engine.onednn.state.Remember;
import org.lossbook.engine.onednn.state.Remembered;

/** Operations over steps: products, attention, recurrence, states, as oneDNN computes them. */
interface SequenceGraph extends OperationGraph {
  @Override
  default Tensor remembered(Parameters.Slot owner, int index, int... shape) {
    return add(new Remembered(key(owner, index)), shape);
  }

  @Override
  default Tensor remember(Tensor y, Parameters.Slot owner, List<Tensor> states) {
    GraphNode[] inputs = nodes(Stream.concat(Stream.of(y), states.stream()).toList());
    var keys = IntStream.range(0, states.size()).mapToObj(i -> key(owner, i)).toList();
    return add(new Remember(inputs, keys), y.shape());
  }

  private RunStates.Key key(Parameters.Slot owner, int index) {
    return new RunStates.Key(owner.parameter().name(), index, mode() == Mode.CONTINUED);
  }

  @Override
  default Tensor dot(Tensor x, Tensor y, boolean normalized) {
    return add(new Dot(node(x), node(y), normalized), 1);
  }

  @Override
  default Tensor matrixProduct(Tensor x, Tensor y) {
    int[] shape = x.shape();
    shape[shape.length - 1] = Shapes.last(y.shape());
    return add(HeadProduct.ofMatrices(node(x), node(y)), shape);
  }

  @Override
  default Tensor attentionScores(Tensor queries, Tensor keys, Attention how) {
    return add(
        HeadProduct.ofKeys(node(queries), node(keys), how),
        how.heads(),
        queries.shape()[0],
        keys.shape()[0]);
  }

  @Override
  default Tensor attentionWeights(Tensor scores, Attention how, AttentionMasks masks) {
    return add(AttentionWeights.of(node(scores), how, nodes(masks)), scores.shape());
  }

  private MaskNodes nodes(AttentionMasks masks) {
    return new MaskNodes(
        masks.queries().map(this::node),
        masks.keys().map(this::node),
        masks.pairs().map(this::node));
  }

  @Override
  default Tensor attention(
      Tensor queries, Tensor keys, Tensor values, Attention how, AttentionMasks masks) {
    return training() && how.dropout() > 0
        ? OperationGraph.super.attention(queries, keys, values, how, masks)
        : add(
            FusedAttention.of(node(queries), node(keys), node(values), how, nodes(masks)),
            queries.shape()[0],
            Shapes.last(values.shape()));
  }

  @Override
  default Tensor weightedValues(Tensor weights, Tensor values) {
    return add(
        HeadProduct.ofValues(node(weights), node(values)),
        weights.shape()[1],
        Shapes.last(values.shape()));
  }

  @Override
  default Recurrence.Outputs recurrent(
      Tensor x,
      Recurrence how,
      List<Tensor> initialState,
      Optional<Tensor> mask,
      Parameters.Slot kernel,
      Parameters.Slot recurrentKernel,
      Optional<Parameters.Slot> bias) {
    var operation =
        new Recurrent(
            node(x),
            how,
            List.of(nodes(initialState)),
            mask.map(this::node),
            new RecurrentWeights(kernel, recurrentKernel, bias));
    Tensor sequence = add(operation, x.shape()[0], how.units());
    return new Recurrence.Outputs(
        sequence,
        add(operation.last(), how.units()),
        operation.states().stream().map(state -> (Tensor) add(state, how.units())).toList());
  }
}
