package org.lossbook.engine.onednn;

import java.util.List;
import java.util.Optional;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;

/** A graph that operations of any kind are added to. */
interface OperationGraph extends Graph {
  /** Adds an operation with the output that it fills. */
  GraphNode add(Operation operation, GraphNode output);

  /** How many operations there are: what the next one that draws is known by. */
  int added();

  /** A tensor of this graph; one of another graph is refused. */
  GraphNode node(Tensor tensor);

  /** Adds an operation whose output has this shape for each sample. */
  default GraphNode add(Operation operation, int... shape) {
    return add(operation, new GraphNode(this, Optional.of(operation), shape));
  }

  /** Several tensors of this graph. */
  default GraphNode[] nodes(List<Tensor> tensors) {
    return tensors.stream().map(this::node).toArray(GraphNode[]::new);
  }
}
