package org.lossbook.layer.rnn;

import java.util.List;
import java.util.function.Function;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/** How a layer uses a cell: over a sequence, or for one step. */
interface Use {
  /** The shape of one step of what the layer is applied to, once all of that is checked. */
  int[] step(List<int[]> inputs);

  int[] outputShape(List<int[]> inputs);

  /** The shapes of its outputs after the first. */
  List<int[]> furtherShapes(List<int[]> inputs);

  /** How many numbers of a sample are kept on the way, beside the outputs. */
  long numbers(List<int[]> inputs, boolean training);

  /** Whether its output has the mask of its input. */
  boolean keepsMask(List<Boolean> inputs);

  Tensor build(Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights);

  /** The argument of a call that holds the states, as files name it. */
  String statesArgument();

  /** Where a file has the cell's parameters, within the layer. */
  String group();
}
