package org.lossbook.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/**
 * A further output of a layer, such as a recurrent layer's state, as a value of its own. It is
 * applied to the layer's output and to what the layer was applied to.
 *
 * @hidden
 */
@Internal
public final class LayerOutput extends BaseLayer<LayerOutput> {
  private final Layer layer;
  private final int index;

  private LayerOutput(Layer layer, int index) {
    this.layer = layer;
    this.index = index;
  }

  /** That output of a call. */
  static Node of(LayerCall call, int index) {
    int outputs =
        call.layer().outputShapes(call.inputs().stream().map(Node::shape).toList()).size();
    if (index < 1 || index >= outputs) {
      throw Messages.wrong(
          "%s expects the index of one of its outputs, 0 to %d, but receives %d%s.",
          call.layer().kind(),
          outputs - 1,
          index,
          outputs > 1 ? "" : ": it has one output, the value itself");
    }
    List<Node> all = new ArrayList<>(List.of(call));
    all.addAll(call.inputs());
    return LayerCall.of(new LayerOutput(call.layer(), index), all.toArray(Node[]::new));
  }

  /** Which of the outputs it is. */
  public int index() {
    return index;
  }

  @Override
  public String kind() {
    return layer.kind() + "_output";
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    return layer.outputShapes(inputShapes.subList(1, inputShapes.size())).get(index);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return outputOf(List.of(inputShape));
  }

  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return LayerValue.output(inputs.get(0), index);
  }

  @Override
  public boolean usesMasks() {
    return true; // it drops the mask of the layer's output, which is not its own
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return x;
  }

  @Override
  public String toString() {
    return "output " + index + " of " + layer;
  }
}
