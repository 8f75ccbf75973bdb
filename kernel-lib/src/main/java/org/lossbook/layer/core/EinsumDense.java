package org.lossbook.layer.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Activations;
import org.lossbook.layer.Regularized;
import org.lossbook.layer.weights.Initializers;

/**
 * A dense layer over any axes, which an equation names by letters: y = φ(x · kernel + bias), summed
 * over the letters that the output does not have. The first letter is the batch's. {@code
 * "abc,cd->abd"} is {@code dense}, {@code "abc,bd->adc"} joins the steps of a sequence, and an
 * ellipsis stands for any axes: {@code "...x,xy->...y"}.
 *
 * <pre>{@code
 * einsumDense("abc,cde->abde", -1, 4, 16).biasAxes("de").outputShape(10, 64)   // [10, 4, 16]
 * }</pre>
 *
 * <p>Parameters: kernel, with the extents of its letters, initially Glorot uniform; with {@link
 * #biasAxes} a bias with those of its letters, zeros. The kernel's letters are the summed ones and
 * then the new ones.
 *
 * @question What is a weighted sum over any axes?
 * @use For weights over several axes, as inside attention.
 * @avoid Over the last axis alone: use {@link Dense}.
 */
public final class EinsumDense extends Regularized<EinsumDense> {
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";

  private final String equation;
  private final int[] extents;
  private String biasAxes = "";

  /**
   * @param equation the axes of the input, of the kernel and of the output
   * @param outputShape the extents of the output's axes without the batch's and those of an
   *     ellipsis; −1 for one that the input has
   */
  public EinsumDense(String equation, int... outputShape) {
    this.equation = Require.given(equation, "einsumDense", "an equation", "\"abc,cd->abd\" is one");
    extents =
        Require.given(outputShape, "einsumDense", "extents of the output", "-1, 64 are two")
            .clone();
  }

  /** Adds a bias that differs along these axes of the output, its letters; none by default. */
  public EinsumDense biasAxes(String letters) {
    String given = Require.given(letters, "biasAxes", "letters of the output", "\"d\" is one");
    return with(copy -> copy.biasAxes = given);
  }

  @Override
  public String kind() {
    return "einsum_dense";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return EinsumEquation.of(equation, inputShape).outputShape(equation, inputShape, extents);
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    EinsumEquation axes = EinsumEquation.of(equation, inputShape);
    int[] output = outputOf(inputShape);
    int[] kernel =
        axes.kernel()
            .chars()
            .map(
                c ->
                    axes.output().indexOf(c) >= 0
                        ? output[axes.output().indexOf(c)]
                        : inputShape[axes.input().indexOf(c)])
            .toArray();
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trained(KERNEL, Initializers.glorotUniform(), kernel));
    if (!biasAxes.isEmpty()) {
      parameters.add(Parameter.trained(BIAS, Initializers.zeros(), biasShape(axes, output)));
    }
    return parameters;
  }

  /** From its first axis on, with 1 for those that it does not differ along. */
  private int[] biasShape(EinsumEquation axes, int... output) {
    int[] places = EinsumEquation.places(biasAxes, axes.output());
    if (Arrays.stream(places).anyMatch(place -> place < 0)) {
      throw Messages.wrong(
          "einsumDense(\"%s\") expects a bias along axes of its output but receives %s: take letters"
              + " of the output, but for the batch's.",
          equation, biasAxes);
    }
    int first = Arrays.stream(places).min().orElseThrow();
    return IntStream.range(first, output.length)
        .map(i -> Arrays.stream(places).anyMatch(place -> place == i) ? output[i] : 1)
        .toArray();
  }

  private String kernelAxes() {
    return equation.replace(" ", "").replaceAll(".*,|->.*", "");
  }

  /** Draws a kernel as the matrix that it is. */
  @Override
  protected Parameter drawn(Parameter parameter) {
    Parameter drawn = super.drawn(parameter);
    if (!parameter.name().equals(KERNEL)) {
      return drawn;
    }
    String kernel = kernelAxes();
    String output = equation.substring(equation.indexOf("->"));
    int inputs = 1;
    for (int i = 0; i < kernel.length(); i++) {
      inputs *= output.indexOf(kernel.charAt(i)) < 0 ? parameter.shape()[i] : 1;
    }
    int[] matrix = {inputs, parameter.size() / inputs};
    return drawn.drawnBy(
        (into, itsShape, random) -> drawn.initializer().fill(into, matrix, random));
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] input = x.shape();
    EinsumEquation axes = EinsumEquation.of(equation, input);
    int[] output = outputOf(input);
    String order = axes.kept() + axes.summed();
    Tensor last = permuted(graph, x, axes.input(), order);
    int[] rows = extents(axes.kept(), axes.input(), input);
    int[] joined = Arrays.copyOf(rows, rows.length + 1);
    joined[rows.length] = x.size() / Arrays.stream(rows).reduce(1, (a, b) -> a * b);
    Tensor product =
        graph.dense(graph.reshape(last, joined), weights.apply(KERNEL), Optional.empty());
    int[] given = extents(axes.given(), axes.output(), output);
    int[] apart = Arrays.copyOf(rows, rows.length + given.length);
    System.arraycopy(given, 0, apart, rows.length, given.length);
    Tensor y =
        permuted(graph, graph.reshape(product, apart), axes.kept() + axes.given(), axes.output());
    return graph.activation(
        biasAxes.isEmpty() ? y : biased(graph, y, weights.apply(BIAS)), activation());
  }

  private static int[] extents(String letters, String of, int... shape) {
    return letters.chars().map(c -> shape[of.indexOf(c)]).toArray();
  }

  private static Tensor permuted(Graph graph, Tensor x, String from, String to) {
    return from.equals(to) ? x : graph.permute(x, EinsumEquation.places(to, from));
  }

  /** The bias is a table of numbers, each of which is looked up once. */
  private static Tensor biased(Graph graph, Tensor y, Parameters.Slot bias) {
    int[] own = bias.parameter().shape();
    int size = bias.size();
    float[] places = new float[size];
    for (int i = 0; i < size; i++) {
      places[i] = i;
    }
    Parameter flat =
        new Parameter(
            bias.parameter().name(),
            new int[] {size, 1},
            bias.parameter().initializer(),
            bias.parameter().trainable());
    Tensor numbers = graph.affine(graph.filled(0, size), new float[1], new float[] {1}, places);
    Tensor all = graph.lookup(numbers, new Parameters.Slot(flat, bias.offset()));
    int[] shape = new int[y.shape().length];
    Arrays.fill(shape, 1);
    System.arraycopy(own, 0, shape, shape.length - own.length, own.length);
    Tensor apart = graph.reshape(all, shape);
    Tensor wide = Arrays.equals(shape, y.shape()) ? apart : graph.broadcast(apart, y.shape());
    return graph.sum(List.of(y, wide), 1, 1);
  }

  @Override
  public String toString() {
    return Messages.of("einsum_dense(%s)", equation);
  }

  @Override
  public Optional<Config> config() {
    List<Object> shape = new ArrayList<>();
    Arrays.stream(extents)
        .forEach(each -> shape.add(each == Shapes.ANY ? Optional.empty() : (Object) each));
    return Optional.of(
        regularizersIn(
            Config.of("keras.layers", "EinsumDense")
                .with("equation", equation)
                .with("output_shape", shape)
                .with("activation", Activations.saved(activation()))
                .with("bias_axes", biasAxes.isEmpty() ? (Object) Optional.empty() : biasAxes),
            kernelAxes().length()));
  }

  static EinsumDense from(Settings settings) {
    Object shape = settings.value("output_shape").orElse(List.of());
    List<?> all = shape instanceof List<?> list ? list : List.of(shape);
    int[] extents =
        all.stream()
            .mapToInt(each -> each instanceof Number number ? number.intValue() : Shapes.ANY)
            .toArray();
    String equation = settings.text("equation");
    EinsumDense layer = new EinsumDense(equation, extents);
    return layer
        .with(layer.regularizersFrom(settings, layer.kernelAxes().length()))
        .biasAxes(settings.text("bias_axes", ""))
        .with(Activations.from(settings, 1));
  }
}
