package org.lossbook.engine.onednn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Mode;
import org.lossbook.engine.onednn.elementwise.Sum;
import org.lossbook.engine.onednn.lookup.Lookup;
import org.lossbook.engine.onednn.normalization.BatchNormalization;
import org.lossbook.engine.onednn.operation.Eltwise;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.Pointwise;
import org.lossbook.engine.onednn.shape.Pad;
import org.lossbook.engine.onednn.shape.Reshape;
import org.lossbook.engine.onednn.weighted.Convolution;
import org.lossbook.engine.onednn.weighted.InnerProduct;
import org.lossbook.engine.onednn.weighted.WeightedOperation;
import org.lossbook.engine.onednn.window.Pooling;

/**
 * Simplifies a graph before it is planned: operations that another one can do on the way, such as
 * an activation after a convolution, disappear into it. The results stay the same.
 */
final class GraphSimplifier {
  private final Graph graph;
  private final List<Operation> operations;
  private final Map<Operation, Integer> places = new HashMap<>();
  private final Set<Operation> gone = new HashSet<>();

  GraphSimplifier(Graph graph, List<Operation> operations) {
    this.graph = graph;
    this.operations = operations;
  }

  void run() {
    poolBeforeFunctions();
    for (Operation operation : operations) {
      places.put(operation, places.size());
      if (isDoneBefore(operation) || isMeanOfRows(operation)) {
        Operation before = operation.x().maker().orElseThrow();
        replace(operation, before);
      } else if (operation instanceof Sum sum) {
        addOnTheWay(sum);
      } else if (operation instanceof Convolution convolution) {
        padOnTheWay(convolution);
      } else if (operation instanceof InnerProduct product) {
        readUnflattened(product);
      }
    }
    operations.removeAll(gone);
    DeadPixelElimination.apply(operations);
  }

  /** Lets an earlier operation give the output of one that it does on the way. */
  private void replace(Operation operation, Operation before) {
    before.output = operation.output;
    operation.output.madeBy(before);
    gone.add(operation);
  }

  /** Whether the operation before takes over an activation or a batch normalization. */
  private static boolean isDoneBefore(Operation operation) {
    if (operation.inputs.size() != 1 || operation.x().users != 1) {
      return false;
    }
    Optional<Operation> before = operation.x().maker();
    if (operation instanceof BatchNormalization next) {
      return next.isOfLastAxis()
          && before.orElse(null) instanceof WeightedOperation weighted
          && weighted.fold(next);
    }
    return operation instanceof Eltwise function
        && before.filter(maker -> fuse(maker, function)).isPresent();
  }

  /** Whether a lookup takes over a mean of the rows of each sample. */
  private static boolean isMeanOfRows(Operation operation) {
    if (operation instanceof Pooling pooling
        && pooling.isMeanOfAll()
        && pooling.x().users == 1
        && pooling.x().maker().orElse(null) instanceof Lookup lookup) {
      lookup.average();
      return true;
    }
    return false;
  }

  /**
   * Adds a shortcut in the convolution at the end of the other branch, if that comes later; only
   * inference can, because the backward pass needs the sum's terms apart.
   */
  private void addOnTheWay(Sum sum) {
    if (graph.mode() != Mode.INFERENCE || !sum.isPlain() || sum.inputs.size() != 2) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      GraphNode term = sum.inputs.get(i);
      GraphNode other = sum.inputs.get(1 - i);
      if (term.users == 1
          && term.maker().orElse(null) instanceof WeightedOperation weighted
          && place(other) < places.get(weighted)
          && weighted.add(other)) {
        replace(sum, weighted);
        return;
      }
    }
  }

  /** The place of the operation that computes a value; an input is there before all. */
  private int place(GraphNode node) {
    return node.maker().map(places::get).orElse(-1);
  }

  /** Lets a convolution read beyond the borders instead of a padded copy. */
  private void padOnTheWay(Convolution convolution) {
    if (convolution.x().users == 1
        && convolution.x().maker().orElse(null) instanceof Pad pad
        && convolution.readPadded(pad)) {
      gone.add(pad);
    }
  }

  /** Lets an inner product read an image instead of its reshape. */
  private void readUnflattened(InnerProduct product) {
    if (product.x().maker().orElse(null) instanceof Reshape reshape
        && reshape.output.positions() == 1
        && reshape.x().maker().isPresent() // an input is already in the user's order
        && reshape.x().shape().length <= 4) {
      product.readFrom(reshape.x());
      if (--reshape.output.users == 0) {
        gone.add(reshape);
        reshape.x().users--;
      }
    }
  }

  /** Fuses a function into the operation before it, or into the one before a reshape of it. */
  private static boolean fuse(Operation before, Eltwise function) {
    return before instanceof Reshape reshape
        ? reshape.x().users == 1
            && reshape.x().maker().filter(maker -> maker.fuse(function)).isPresent()
        : before.fuse(function);
  }

  /**
   * Swaps max pooling with a monotonic activation before it: the maximum is the same, and there are
   * four times as many numbers before a 2×2 pooling as after it.
   */
  private void poolBeforeFunctions() {
    for (int i = 1; i < operations.size(); i++) {
      if (operations.get(i) instanceof Pooling pooling
          && operations.get(i - 1) instanceof Pointwise function
          && pooling.x() == function.output
          && function.output.users == 1
          && pooling.commutes(function)) {
        GraphNode pooled = new GraphNode(graph, Optional.of(pooling), pooling.output.shape());
        pooled.users = 1;
        pooling.output.madeBy(function);
        function.output = pooling.output;
        pooling.inputs = function.inputs;
        pooling.output = pooled;
        function.inputs = List.of(pooled);
        operations.set(i - 1, pooling);
        operations.set(i, function);
      }
    }
  }
}
