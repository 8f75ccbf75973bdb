package org.lossbook.engine.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.dnnl.engine;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Attention;
import org.lossbook.engine.AttentionMasks;
import org.lossbook.engine.Encoding;
import org.lossbook.engine.Graph;
import org.lossbook.engine.ImageChange;
import org.lossbook.engine.Interpolation;
import org.lossbook.engine.Mode;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.SampleFunction;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.TransposedWindow;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.attention.AttentionWeights;
import org.lossbook.engine.onednn.attention.FusedAttention;
import org.lossbook.engine.onednn.attention.HeadProduct;
import org.lossbook.engine.onednn.attention.MaskNodes;
import org.lossbook.engine.onednn.category.CategoryEncoding;
import org.lossbook.engine.onednn.category.CategoryFunction;
import org.lossbook.engine.onednn.category.Differs;
import org.lossbook.engine.onednn.category.Discretization;
import org.lossbook.engine.onednn.elementwise.Affine;
import org.lossbook.engine.onednn.elementwise.MinMax;
import org.lossbook.engine.onednn.elementwise.PRelu;
import org.lossbook.engine.onednn.elementwise.Product;
import org.lossbook.engine.onednn.elementwise.Sum;
import org.lossbook.engine.onednn.lookup.Lookup;
import org.lossbook.engine.onednn.normalization.BatchNormalization;
import org.lossbook.engine.onednn.normalization.MaskedBatchNormalization;
import org.lossbook.engine.onednn.normalization.Normalizations;
import org.lossbook.engine.onednn.normalization.Standardization;
import org.lossbook.engine.onednn.operation.ActivityPenalty;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.OneDnnParameters;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.Pointwise;
import org.lossbook.engine.onednn.operation.RunStates;
import org.lossbook.engine.onednn.random.AlphaDropout;
import org.lossbook.engine.onednn.random.ChangedImages;
import org.lossbook.engine.onednn.random.Dropout;
import org.lossbook.engine.onednn.random.GaussianDropout;
import org.lossbook.engine.onednn.random.GaussianNoise;
import org.lossbook.engine.onednn.random.SampleDropout;
import org.lossbook.engine.onednn.random.SpatialDropout;
import org.lossbook.engine.onednn.recurrent.Recurrent;
import org.lossbook.engine.onednn.recurrent.RecurrentWeights;
import org.lossbook.engine.onednn.rows.Dot;
import org.lossbook.engine.onednn.rows.RowActivation;
import org.lossbook.engine.onednn.rows.Softmax;
import org.lossbook.engine.onednn.shape.Broadcast;
import org.lossbook.engine.onednn.shape.Concatenation;
import org.lossbook.engine.onednn.shape.Filled;
import org.lossbook.engine.onednn.shape.Mean;
import org.lossbook.engine.onednn.shape.Pad;
import org.lossbook.engine.onednn.shape.Permute;
import org.lossbook.engine.onednn.shape.Reshape;
import org.lossbook.engine.onednn.shape.Slice;
import org.lossbook.engine.onednn.state.Remember;
import org.lossbook.engine.onednn.state.Remembered;
import org.lossbook.engine.onednn.weighted.Convolution;
import org.lossbook.engine.onednn.weighted.Deconvolution;
import org.lossbook.engine.onednn.weighted.InnerProduct;
import org.lossbook.engine.onednn.weighted.Scale;
import org.lossbook.engine.onednn.window.AdaptivePooling;
import org.lossbook.engine.onednn.window.Interpolated;
import org.lossbook.engine.onednn.window.Pooling;
import org.lossbook.engine.onednn.window.Resampling;

/**
 * A graph of oneDNN operations in the order they were added; {@link #plan} optimizes and compiles
 * it.
 */
final class OneDnnGraph implements Graph {
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
  public Tensor filled(float value, int... shape) {
    return add(new Filled(value), shape);
  }

  @Override
  public Tensor remembered(Parameters.Slot owner, int index, int... shape) {
    return add(new Remembered(key(owner, index)), shape);
  }

  @Override
  public Tensor remember(Tensor y, Parameters.Slot owner, List<Tensor> states) {
    GraphNode[] inputs = nodes(Stream.concat(Stream.of(y), states.stream()).toList());
    var keys = IntStream.range(0, states.size()).mapToObj(i -> key(owner, i)).toList();
    return add(new Remember(inputs, keys), y.shape());
  }

  private RunStates.Key key(Parameters.Slot owner, int index) {
    return new RunStates.Key(owner.parameter().name(), index, mode == Mode.CONTINUED);
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
  public Tensor convolution(
      Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias, Window window, int groups) {
    int[] shape = kernel.parameter().shape();
    int perGroup = Shapes.last(x.shape()) / groups;
    int filters = kernel.size() / Shapes.size(Arrays.copyOf(shape, window.axes())) / perGroup;
    return add(
        new Convolution(node(x), kernel, bias, window, groups),
        window.outputShape(x.shape(), filters));
  }

  @Override
  public Tensor deconvolution(
      Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias, TransposedWindow window) {
    int filters = kernel.parameter().shape()[window.window().axes()];
    return add(
        new Deconvolution(node(x), kernel, bias, window), window.outputShape(x.shape(), filters));
  }

  @Override
  public Tensor innerProduct(Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    return add(new InnerProduct(node(x), kernel, bias), kernel.size() / x.size());
  }

  @Override
  public Tensor dense(Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    int[] shape = x.shape();
    if (shape.length == 1) {
      return innerProduct(x, kernel, bias);
    }
    int inputs = Shapes.last(shape);
    int positions = x.size() / inputs;
    int units = kernel.size() / inputs;
    GraphNode rows = addRows(new Reshape(node(x)), positions, inputs);
    GraphNode products = addRows(new InnerProduct(rows, kernel, bias), positions, units);
    int[] out = shape.length == 0 ? new int[1] : shape;
    out[out.length - 1] = units;
    return add(new Reshape(products), out);
  }

  /** Adds an operation whose output has a row for each position of each sample. */
  private GraphNode addRows(Operation operation, int positions, int width) {
    return add(operation, new GraphNode(this, Optional.of(operation), positions, width));
  }

  @Override
  public Tensor maxPooling(Tensor x, Window window) {
    return pooling(Pooling.max(node(x), window), x, window);
  }

  @Override
  public Tensor averagePooling(Tensor x, Window window) {
    return pooling(Pooling.average(node(x), window), x, window);
  }

  @Override
  public Tensor adaptiveMaxPooling(Tensor x, int... size) {
    return isEven(x.shape(), size)
        ? maxPooling(x, evenWindow(x.shape(), size))
        : adaptive(AdaptivePooling.max(node(x)), x, size);
  }

  @Override
  public Tensor adaptiveAveragePooling(Tensor x, int... size) {
    return isEven(x.shape(), size)
        ? averagePooling(x, evenWindow(x.shape(), size))
        : adaptive(AdaptivePooling.average(node(x)), x, size);
  }

  private Tensor adaptive(AdaptivePooling pooling, Tensor x, int... size) {
    int[] shape = x.shape();
    System.arraycopy(size, 0, shape, 0, size.length);
    return add(pooling, shape);
  }

  /** Whether all windows have the same size and none overlap. */
  private static boolean isEven(int[] shape, int... size) {
    return IntStream.range(0, size.length).allMatch(axis -> shape[axis] % size[axis] == 0);
  }

  private static Window evenWindow(int[] shape, int... size) {
    int[] window = IntStream.range(0, size.length).map(axis -> shape[axis] / size[axis]).toArray();
    return Window.of(window).strides(window);
  }

  private Tensor pooling(Pooling pooling, Tensor x, Window window) {
    return add(pooling, window.outputShape(x.shape(), Shapes.last(x.shape())));
  }

  @Override
  public Tensor batchNormalization(
      Tensor x,
      int axis,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon,
      boolean frozen) {
    return add(
        new BatchNormalization(
            node(x), axis, gamma, beta, movingMean, movingVariance, momentum, epsilon, frozen),
        x.shape());
  }

  @Override
  public Tensor maskedBatchNormalization(
      Tensor x,
      Tensor mask,
      int axis,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon,
      boolean frozen) {
    return training() && !frozen
        ? add(
            new MaskedBatchNormalization(
                node(x),
                node(mask),
                axis,
                gamma,
                beta,
                movingMean,
                movingVariance,
                momentum,
                epsilon),
            x.shape())
        : batchNormalization(
            x, axis, gamma, beta, movingMean, movingVariance, momentum, epsilon, frozen);
  }

  @Override
  public Tensor normalization(
      Tensor x,
      NormalizedBy how,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon,
      int... axes) {
    return add(Normalizations.of(node(x), how, gamma, beta, epsilon, axes), x.shape());
  }

  @Override
  public Tensor groupNormalization(
      Tensor x,
      int axis,
      int groups,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon) {
    return add(Normalizations.ofGroups(node(x), axis, groups, gamma, beta, epsilon), x.shape());
  }

  @Override
  public Tensor scale(Tensor x, Parameters.Slot gamma) {
    return add(new Scale(node(x), gamma), x.shape());
  }

  @Override
  public Tensor affine(Tensor x, float[] subtracted, float[] factors, float[] added) {
    Affine.Source constants = Affine.repeating(subtracted, factors, added);
    return add(new Affine(node(x), constants), x.shape());
  }

  @Override
  public Tensor standardization(
      Tensor x, Parameters.Slot mean, Parameters.Slot variance, boolean inverted, int... axes) {
    var statistics = new Standardization(x.shape(), axes, mean, variance, inverted);
    return add(new Affine(node(x), statistics), x.shape());
  }

  @Override
  public Tensor discretization(Tensor x, float... boundaries) {
    return add(new Discretization(node(x), boundaries), x.shape());
  }

  @Override
  public Tensor encoding(Tensor x, Encoding how, int categories) {
    return add(new CategoryEncoding(node(x), how, categories), how.shape(categories, x.shape()));
  }

  @Override
  public Tensor lookup(Tensor ids, Parameters.Slot table, boolean sparse) {
    int rank = ids.shape().length;
    int[] shape = Arrays.copyOf(ids.shape(), rank + 1);
    shape[rank] = Shapes.last(table.parameter().shape());
    return add(new Lookup(node(ids), table, sparse), shape);
  }

  @Override
  public Tensor differs(Tensor x, float value) {
    int[] shape = x.shape();
    return add(new Differs(node(x), value), Arrays.copyOf(shape, Math.max(0, shape.length - 1)));
  }

  @Override
  public Tensor category(Tensor x, SampleFunction function, int... shape) {
    return add(new CategoryFunction(node(x), function), shape);
  }

  @Override
  public Tensor activation(Tensor x, Activation activation) {
    return switch (activation.kind()) {
      case LINEAR -> x;
      case SOFTMAX -> add(new Softmax(node(x)), x.shape());
      case LOG_SOFTMAX, SPARSEMAX, GLU ->
          add(
              new RowActivation(node(x), activation.ofRows().orElseThrow()),
              activation.outputShape(x.shape()));
      default -> add(Pointwise.of(node(x), activation), x.shape());
    };
  }

  @Override
  public Tensor prelu(Tensor x, Parameters.Slot alpha) {
    return add(new PRelu(node(x), alpha), x.shape());
  }

  @Override
  public Tensor dropout(Tensor x, double rate, int... drawnShape) {
    return training() && rate > 0
        ? add(new Dropout(node(x), rate, operations.size(), drawnShape), x.shape())
        : x;
  }

  @Override
  public Tensor alphaDropout(Tensor x, double rate, int... drawnShape) {
    return training() && rate > 0
        ? add(new AlphaDropout(node(x), rate, operations.size(), drawnShape), x.shape())
        : x;
  }

  @Override
  public Tensor activityPenalty(Tensor x, double l1, double l2) {
    return mode.endsAtInputs() ? x : add(new ActivityPenalty(node(x), l1, l2), x.shape());
  }

  @Override
  public Tensor sum(List<Tensor> terms, float... factors) {
    int[] shape = together(terms);
    return add(
        new Sum(nodes(terms.stream().map(term -> broadcast(term, shape)).toList()), factors),
        shape);
  }

  @Override
  public Tensor product(Tensor x, Tensor y) {
    return elementwise(Product::new, x, y);
  }

  @Override
  public Tensor maximum(Tensor x, Tensor y) {
    return elementwise(MinMax::maximum, x, y);
  }

  @Override
  public Tensor minimum(Tensor x, Tensor y) {
    return elementwise(MinMax::minimum, x, y);
  }

  private Tensor elementwise(
      BiFunction<GraphNode, GraphNode, Operation> operation, Tensor x, Tensor y) {
    int[] shape = together(List.of(x, y));
    return add(operation.apply(node(broadcast(x, shape)), node(broadcast(y, shape))), shape);
  }

  private static int[] together(List<Tensor> values) {
    int[] shape = values.get(0).shape();
    for (Tensor value : values) {
      int[] before = shape;
      shape =
          Shapes.broadcast(before, value.shape())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "An elementwise operation expects shapes with equal extents, or 1, but receives "
                              + Shapes.withBatch(before)
                              + " and "
                              + Shapes.withBatch(value.shape())
                              + ": reshape one of them."));
    }
    return shape;
  }

  @Override
  public Tensor broadcast(Tensor x, int... shape) {
    if (Arrays.equals(x.shape(), shape)) {
      return x;
    }
    int[] aligned = new int[shape.length];
    int missing = shape.length - x.shape().length;
    Arrays.fill(aligned, 0, missing, 1);
    System.arraycopy(x.shape(), 0, aligned, missing, x.shape().length);
    Tensor sameRank = missing == 0 ? x : reshape(x, aligned);
    return Arrays.equals(aligned, shape) ? sameRank : add(new Broadcast(node(sameRank)), shape);
  }

  @Override
  public Tensor concatenation(List<Tensor> parts, int axis) {
    int[] shape = parts.get(0).shape();
    shape[axis] = parts.stream().mapToInt(part -> part.shape()[axis]).sum();
    return add(new Concatenation(nodes(parts), Formats.axis(shape.length, axis)), shape);
  }

  @Override
  public Tensor dot(Tensor x, Tensor y, boolean normalized) {
    return add(new Dot(node(x), node(y), normalized), 1);
  }

  @Override
  public Tensor matrixProduct(Tensor x, Tensor y) {
    int[] shape = x.shape();
    shape[shape.length - 1] = Shapes.last(y.shape());
    return add(HeadProduct.ofMatrices(node(x), node(y)), shape);
  }

  @Override
  public Tensor attentionScores(Tensor queries, Tensor keys, Attention how) {
    return add(
        HeadProduct.ofKeys(node(queries), node(keys), how),
        how.heads(),
        queries.shape()[0],
        keys.shape()[0]);
  }

  @Override
  public Tensor attentionWeights(Tensor scores, Attention how, AttentionMasks masks) {
    return add(AttentionWeights.of(node(scores), how, nodes(masks)), scores.shape());
  }

  private MaskNodes nodes(AttentionMasks masks) {
    return new MaskNodes(
        masks.queries().map(this::node),
        masks.keys().map(this::node),
        masks.pairs().map(this::node));
  }

  @Override
  public Tensor attention(
      Tensor queries, Tensor keys, Tensor values, Attention how, AttentionMasks masks) {
    return training() && how.dropout() > 0
        ? Graph.super.attention(queries, keys, values, how, masks)
        : add(
            FusedAttention.of(node(queries), node(keys), node(values), how, nodes(masks)),
            queries.shape()[0],
            Shapes.last(values.shape()));
  }

  @Override
  public Tensor weightedValues(Tensor weights, Tensor values) {
    return add(
        HeadProduct.ofValues(node(weights), node(values)),
        weights.shape()[1],
        Shapes.last(values.shape()));
  }

  @Override
  public Tensor spatialDropout(Tensor x, double rate) {
    return training() && rate > 0
        ? add(new SpatialDropout(node(x), rate, operations.size()), x.shape())
        : x;
  }

  @Override
  public Tensor sampleDropout(Tensor x, double rate) {
    return training() && rate > 0
        ? add(new SampleDropout(node(x), rate, operations.size()), x.shape())
        : x;
  }

  @Override
  public Tensor gaussianDropout(Tensor x, double rate) {
    return training() && rate > 0
        ? add(new GaussianDropout(node(x), rate, operations.size()), x.shape())
        : x;
  }

  @Override
  public Tensor gaussianNoise(Tensor x, double stddev) {
    return training() && stddev > 0
        ? add(new GaussianNoise(node(x), stddev, operations.size()), x.shape())
        : x;
  }

  @Override
  public Tensor changedImages(Tensor x, ImageChange change, String who, int... shape) {
    return add(new ChangedImages(node(x), change, who, training(), operations.size()), shape);
  }

  @Override
  public Tensor reshape(Tensor x, int... shape) {
    if (Shapes.size(shape) != x.size()) {
      throw new IllegalArgumentException(
          "reshape expects "
              + x.size()
              + " numbers a sample, as "
              + Shapes.withBatch(x.shape())
              + " has, but receives the shape "
              + Shapes.withBatch(shape)
              + ": name extents with that product.");
    }
    return add(new Reshape(node(x)), shape);
  }

  @Override
  public Tensor permute(Tensor x, int... order) {
    int[] shape = x.shape();
    return add(
        new Permute(node(x), order), Arrays.stream(order).map(axis -> shape[axis]).toArray());
  }

  @Override
  public Tensor pad(Tensor x, int[] before, int[] after) {
    int[] shape = x.shape();
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] += before[axis] + after[axis];
    }
    return Arrays.equals(shape, x.shape()) ? x : add(new Pad(node(x), before), shape);
  }

  @Override
  public Tensor slice(Tensor x, int[] from, int[] to) {
    int[] shape = x.shape();
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = to[axis] - from[axis];
    }
    return Arrays.equals(shape, x.shape()) ? x : add(new Slice(node(x), from), shape);
  }

  @Override
  public Tensor resample(Tensor x, Interpolation kind, boolean antialias, int... extents) {
    int[] shape = x.shape();
    System.arraycopy(extents, 0, shape, 0, extents.length);
    if (Arrays.equals(shape, x.shape())) {
      return x;
    }
    if (kind == Interpolation.NEAREST || (kind == Interpolation.BILINEAR && !antialias)) {
      return add(new Resampling(node(x), kind), shape);
    }
    Tensor result = x;
    for (int axis = 0; axis < extents.length; axis++) {
      int[] next = result.shape();
      if (next[axis] != extents[axis]) {
        next[axis] = extents[axis];
        result = add(new Interpolated(node(result), kind, antialias, axis, extents[axis]), next);
      }
    }
    return result;
  }

  @Override
  public Tensor mean(Tensor x, int... axes) {
    int[] shape = x.shape();
    for (int axis : axes) {
      shape[axis] = 1;
    }
    return Arrays.equals(shape, x.shape()) ? x : add(new Mean(node(x)), shape);
  }

  @Override
  public Recurrence.Outputs recurrent(
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

  private Tensor add(Operation operation, int... shape) {
    return add(operation, new GraphNode(this, Optional.of(operation), shape));
  }

  private GraphNode add(Operation operation, GraphNode output) {
    operation.output = output;
    operation.inputs.forEach(input -> input.users++);
    operations.add(operation);
    return operation.output;
  }

  private GraphNode[] nodes(List<Tensor> tensors) {
    return tensors.stream().map(this::node).toArray(GraphNode[]::new);
  }

  private GraphNode node(Tensor tensor) {
    if (tensor instanceof GraphNode node && node.graph == this) {
      return node;
    }
    throw new IllegalArgumentException(
        "A graph expects tensors of its own but receives one of another graph.");
  }
}
