package org.lossbook.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.OneDnnParameters;
import org.lossbook.engine.onednn.operation.Operation;

/**
 * A graph of oneDNN operations in the order they were added; {@link #plan} optimizes and compiles
 * it. Each kind of operation has an interface, such as {@link ShapeGraph}, that makes them.
 */
final class OneDnnGraph
    implements ElementwiseGraph,
        RandomGraph,
        SequenceGraph,
        ShapeGraph,
        WeightedGraph,
        WindowGraph {
  private final engine engine;
  private final OneDnnParameters parameters;
  private final int batch;
  private final Mode mode;
  private final List<Operation> operations = new ArrayList<>();

  OneDnnGraph(engine engine, OneDnnParameters parameters, int batch, Mode mode) {
    this.engine = engine;
    this.parameters = parameters;
    this.batch = batch;
    this.mode = mode;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public Tensor input(int... shape) {
    return new GraphNode(this, Optional.empty(), shape);
  }

  @Override
  public Tensor inputWithGradient(int... shape) {
    GraphNode node = new GraphNode(this, Optional.empty(), shape);
    node.gradientWanted = true;
    return node;
  }

  @Override
  public Plan plan(List<Tensor> inputs, List<Tensor> outputs) {
    List<GraphNode> results = outputs.stream().map(this::node).toList();
    // The user of the plan reads them, so they must not be fused with the next operation.
    results.forEach(result -> result.users++);
    new GraphSimplifier(this, operations).run();
    return new OneDnnPlan(
        engine,
        parameters,
        mode,
        batch,
        inputs.stream().map(this::node).toList(),
        results,
        operations);
  }

  @Override
  public GraphNode add(Operation operation, GraphNode output) {
    operation.output = output;
    operation.inputs.forEach(input -> input.users++);
    operations.add(operation);
    return operation.output;
  }

  @Override
  public int added() {
    return operations.size();
  }

  @Override
  public GraphNode node(Tensor tensor) {
    if (tensor instanceof GraphNode node && node.graph == this) {
      return node;
    }
    throw new IllegalArgumentException(
        "A graph expects tensors of its own but receives one of another graph.");
  }
}
