package org.lossbook.network;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.Layer;

/**
 * The last activation of an output, which training may leave out for a loss on logits: no other
 * layer reads its output, there is no activity penalty on it, and at most a reshape follows.
 *
 * @param value the index of the value it outputs
 * @hidden
 */
@Internal
public record LastFunction(int value, Activation activation) {

  static Optional<LastFunction> of(Network network, int output) {
    int[] reads = new int[network.inputs().size() + network.nodes().size()];
    network.nodes().forEach(node -> node.inputs().forEach(from -> reads[from]++));
    network.outputValues().forEach(each -> reads[each]++);
    int value = output;
    while (reads[value] == 1 && network.maker(value).layer().onlyReshapes()) {
      value = network.maker(value).inputs().get(0);
      if (value < network.inputs().size()) {
        return Optional.empty();
      }
    }
    Network.Node node = network.maker(value);
    return reads[value] == 1 && node.layer().activityPenalty().isNone()
        ? of(node.layer(), value)
            .filter(last -> keepsRows(last, node.output(), network.maker(output).output()))
        : Optional.empty();
  }

  /** Whether each row that softmax shares among is still a row at the end. */
  private static boolean keepsRows(LastFunction last, int[] shape, int[] end) {
    return last.activation().kind() != Activation.Kind.SOFTMAX
        || Shapes.last(shape) == Shapes.last(end);
  }

  private static Optional<LastFunction> of(Layer layer, int value) {
    Optional<Network> inner = NetworkLayer.within(layer);
    if (inner.isPresent()) {
      return inner
          .get()
          .outputs()
          .get(0)
          .last()
          .map(last -> new LastFunction(value, last.activation()));
    }
    Activation activation = layer.activation();
    return activation.kind() == Activation.Kind.LINEAR
        ? Optional.empty()
        : Optional.of(new LastFunction(value, activation));
  }
}
