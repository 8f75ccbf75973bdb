package org.lossbook.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * The output of a layer applied to some values.
 *
 * @hidden
 */
@Internal
public final class LayerCall implements Node {
  private final Layer layer;
  private final List<Node> inputs;
  private final int[] shape;
  private final boolean isMasked;
  private final Map<Integer, Node> further = new ConcurrentHashMap<>();

  private LayerCall(Layer layer, List<Node> inputs) {
    this.layer = layer;
    this.inputs = inputs;
    shape = shape(layer, inputs);
    isMasked =
        layer.hasMask(
            inputs.stream().map(LayerCall::isMasked).toList(),
            inputs.stream().map(Node::shape).toList());
  }

  /** The shape of its output; a layer of texts says what it makes of them. */
  private static int[] shape(Layer layer, List<Node> inputs) {
    if (inputs.stream().noneMatch(node -> node instanceof Input input && input.isOfTexts())) {
      return layer.outputShape(inputs.stream().map(Node::shape).toList());
    }
    if (layer instanceof TextLayer<?> texts && inputs.size() == 1) {
      return texts.shapeOf(inputs.get(0).shape()[0]);
    }
    throw Messages.wrong(
        "%s expects numbers but receives texts: put textVectorization(…) between them.",
        layer.kind());
  }

  static LayerCall of(Layer layer, Node... given) {
    List<Node> inputs = given == null ? List.of() : Arrays.asList(given);
    if (layer instanceof Input) {
      throw new IllegalArgumentException(
          "input expects nothing before it but is asked what it gives for other values: it is a value itself, use it in another layer's of(…).");
    }
    if (inputs.isEmpty() || inputs.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          layer.kind()
              + " expects the value it is applied to but receives "
              + (inputs.isEmpty() ? "none" : "null")
              + ": begin with var x = input(784) and write of(x).");
    }
    return new LayerCall(layer, List.copyOf(inputs));
  }

  /** The layer. */
  public Layer layer() {
    return layer;
  }

  /** The values it is applied to. */
  public List<Node> inputs() {
    return inputs;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** Whether its steps have a mask. */
  public boolean isMasked() {
    return isMasked;
  }

  private static boolean isMasked(Node node) {
    return node instanceof LayerCall call && call.isMasked;
  }

  @Override
  public Node output(int index) {
    return index == 0 ? this : further.computeIfAbsent(index, i -> LayerOutput.of(this, i));
  }

  /** {@code dense(64) of [batch, 784], gives [batch, 64]}. */
  @Override
  public String toString() {
    return layer
        + " of "
        + String.join(
            " and ", inputs.stream().map(input -> LayerChecks.batched(input.shape())).toList())
        + ", gives "
        + LayerChecks.batched(shape);
  }
}
