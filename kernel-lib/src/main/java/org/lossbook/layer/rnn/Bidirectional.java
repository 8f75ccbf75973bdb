package org.lossbook.layer.rnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.CallArguments;
import org.lossbook.layer.InnerLayer;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;

/**
 * Reads a sequence with a recurrent layer from its start and with a second one from its end, so
 * that each step knows what comes before it and what comes after (Schuster and Paliwal 1997).
 * {@code [steps, n] -> [2 · units]}
 *
 * <p>With {@code lstm(64).returnSequences()} it gives {@code [steps, 2 · 64]}: both outputs of each
 * step, of which the second has seen the end. {@link #mergeMode} makes their sum, product or mean
 * of them, or leaves them apart. Where the layer returns its states, those of both are further
 * outputs.
 *
 * <p>Parameters: those of the layer twice, as {@code forward_layer/kernel} and {@code
 * backward_layer/kernel}.
 *
 * <pre>{@code
 * sequential(input(50, 16), bidirectional(lstm(64)), dense(2).softmax())
 * }</pre>
 *
 * @question What do a step's past and future say together?
 * @use For whole sequences that are there at once, such as texts.
 * @avoid For forecasts, where the future is unknown.
 */
public final class Bidirectional extends BaseLayer<Bidirectional> {
  private static final String FORWARD = "forward_layer";
  private static final String BACKWARD = "backward_layer";

  private final SequenceLayer<?> forward;
  private final SequenceLayer<?> backward;
  private MergeMode mode = MergeMode.CONCAT;

  /**
   * @param layer a recurrent layer, such as {@code lstm(64)}
   */
  public Bidirectional(Layer layer) {
    this(layer, reversed(recurrent(layer)));
  }

  /**
   * @param backward the layer that reads from the end, such as {@code gru(64).goBackwards()}
   */
  public Bidirectional(Layer forward, Layer backward) {
    this.forward = masked(recurrent(forward));
    this.backward = masked(recurrent(backward));
    if (has(this.forward, SequenceSetting.GO_BACKWARDS)
        == has(this.backward, SequenceSetting.GO_BACKWARDS)) {
      throw Messages.wrong(
          "bidirectional expects one layer that reads from the start and one that goes backwards but receives %s and %s, which read alike: add goBackwards() to the second.",
          forward, backward);
    }
    for (SequenceSetting each :
        List.of(
            SequenceSetting.RETURN_SEQUENCES,
            SequenceSetting.RETURN_STATE,
            SequenceSetting.STATEFUL)) {
      if (has(this.forward, each) != has(this.backward, each)) {
        throw Messages.wrong(
            "bidirectional expects layers that give the same but only one of %s and %s has %s(): add it to the other.",
            forward, backward, each.call());
      }
    }
  }

  private static SequenceLayer<?> recurrent(Layer layer) {
    Require.given(layer, "bidirectional", "a layer", "write bidirectional(lstm(64))");
    if (layer instanceof SequenceLayer<?> recurrent) {
      return recurrent;
    }
    throw Messages.wrong(
        "bidirectional expects a recurrent layer, such as lstm(64), but receives %s%s",
        layer,
        layer instanceof RecurrentCell
            ? ": write bidirectional(rnn(" + SequenceSetting.java(layer.toString()) + "))."
            : ", which reads no sequence step by step: write bidirectional(lstm(64)).");
  }

  private static SequenceLayer<?> reversed(SequenceLayer<?> layer) {
    return (SequenceLayer<?>) layer.goBackwards();
  }

  /** Keras's choice: the steps of a sequence that are masked give zeros. */
  private static SequenceLayer<?> masked(SequenceLayer<?> layer) {
    return has(layer, SequenceSetting.RETURN_SEQUENCES)
        ? (SequenceLayer<?>) layer.zeroOutputForMask()
        : layer;
  }

  private static boolean has(SequenceLayer<?> layer, SequenceSetting setting) {
    return SequenceSetting.of(layer).settings().contains(setting);
  }

  /**
   * What it makes of the two outputs: {@code "concat"}, the default, puts them side by side; {@code
   * "sum"}, {@code "mul"} and {@code "ave"} give their sum, product and mean; {@code "none"} leaves
   * them apart, the second as output 1.
   */
  public Bidirectional mergeMode(String mode) {
    MergeMode given = MergeMode.of(mode);
    return with(copy -> copy.mode = given);
  }

  @Override
  public String kind() {
    return "bidirectional";
  }

  /** The inputs of one of the two layers: the sequence and its half of the states. */
  private <T> List<T> inputs(List<T> all, boolean isBackward) {
    int half = (all.size() - 1) / 2;
    if (all.size() % 2 == 0) {
      throw Messages.wrong(
          "bidirectional expects a sequence, the states of the layer from the start and as many for the other but receives %d states: write of(x, h, c, h2, c2) for an lstm.",
          all.size() - 1);
    }
    List<T> states = isBackward ? all.subList(1 + half, all.size()) : all.subList(1, 1 + half);
    return Stream.concat(Stream.of(all.get(0)), states.stream()).toList();
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    int[] one = forward.outputShape(inputs(inputShapes, false));
    int[] other = backward.outputShape(inputs(inputShapes, true));
    if (mode.needsEqual() && !Arrays.equals(one, other)) {
      throw Messages.wrong(
          "bidirectional expects two layers of as many units but receives %s and %s: give them the same number, or mergeMode(\"none\").",
          forward, backward);
    }
    return mode.shape(one, other);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return outputOf(List.of(inputShape));
  }

  @Override
  protected List<int[]> outputsOf(List<int[]> inputShapes) {
    List<int[]> one = forward.outputShapes(inputs(inputShapes, false));
    List<int[]> other = backward.outputShapes(inputs(inputShapes, true));
    List<int[]> further = new ArrayList<>();
    if (mode == MergeMode.NONE) {
      further.add(other.get(0));
    }
    further.addAll(one.subList(1, one.size()));
    further.addAll(other.subList(1, other.size()));
    return further;
  }

  @Override
  protected List<Parameter> parametersOf(List<int[]> inputShapes) {
    return Stream.concat(
            within(FORWARD, forward.parameters(inputs(inputShapes, false)), forward),
            within(BACKWARD, backward.parameters(inputs(inputShapes, true)), backward))
        .toList();
  }

  private static Stream<Parameter> within(String group, List<Parameter> own, Layer layer) {
    return own.stream()
        .map(each -> each.renamed(group + "/" + each.name()))
        .map(each -> layer.isFrozen() ? each.frozen() : each);
  }

  @Override
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return inputs.get(0) && has(forward, SequenceSetting.RETURN_SEQUENCES);
  }

  @Override
  public boolean usesMasks() {
    return true;
  }

  @Override
  protected Tensor maskOf(Graph graph, List<Tensor> inputs) {
    return Sequences.mask(inputs);
  }

  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    Tensor one = built(graph, forward, inputs(inputs, false), weights, false);
    Tensor other = built(graph, backward, inputs(inputs, true), weights, true);
    List<Tensor> further = new ArrayList<>();
    if (mode == MergeMode.NONE) {
      further.add(LayerValue.tensor(other));
    }
    for (Tensor each : List.of(one, other)) {
      if (each instanceof LayerValue all) {
        further.addAll(all.further());
      }
    }
    Tensor merged = mode.merged(graph, LayerValue.tensor(one), LayerValue.tensor(other));
    return further.isEmpty() ? merged : LayerValue.of(merged, further);
  }

  /** One of the layers; the outputs of the second are reversed, into the order of the first's. */
  private static Tensor built(
      Graph graph,
      SequenceLayer<?> layer,
      List<Tensor> inputs,
      Function<String, Parameters.Slot> weights,
      boolean isSecond) {
    String group = isSecond ? BACKWARD : FORWARD;
    Tensor value =
        SequenceSetting.of(layer)
            .build(graph, inputs, own -> weights.apply(group + "/" + own), isSecond);
    Regularizer activity = layer.activityPenalty();
    if (activity.isNone()) {
      return value;
    }
    Tensor output = graph.activityPenalty(LayerValue.tensor(value), activity.l1(), activity.l2());
    return value instanceof LayerValue all ? LayerValue.of(output, all.further()) : output;
  }

  @Override
  public long keptNumbers(List<int[]> inputShapes, boolean training) {
    outputShape(inputShapes); // checks them
    long reversed =
        has(backward, SequenceSetting.RETURN_SEQUENCES)
            ? Memory.product(
                training ? 8 : 2, Shapes.count(backward.outputShape(inputs(inputShapes, true))))
            : 0;
    long kept = backward.keptNumbers(inputs(inputShapes, true), training);
    return Memory.sum(
        forward.keptNumbers(inputs(inputShapes, false), training), Memory.sum(kept, reversed));
  }

  @Override
  public boolean isStateful() {
    return forward.isStateful();
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return buildMasked(graph, List.of(x), weights);
  }

  @Override
  public CallArguments callArguments() {
    return CallArguments.rest("initial_state");
  }

  private SequenceLayer<?> layerOf(String parameter) {
    String given = String.valueOf(parameter);
    if (given.startsWith(FORWARD + "/")) {
      return forward;
    }
    if (given.startsWith(BACKWARD + "/")) {
      return backward;
    }
    throw Messages.wrong(
        "bidirectional expects a parameter of one of its layers, such as %s/kernel, but receives %s.",
        FORWARD, given);
  }

  private static String own(String parameter) {
    return parameter.substring(parameter.indexOf('/') + 1);
  }

  @Override
  public String groupOf(String parameter) {
    String inner = layerOf(parameter).groupOf(own(parameter));
    return parameter.substring(0, parameter.indexOf('/')) + "/" + inner;
  }

  @Override
  public Regularizer penalty(String parameter) {
    return layerOf(parameter).penalty(own(parameter));
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return layerOf(parameter).constraint(own(parameter));
  }

  @Override
  public String toString() {
    return "bidirectional(" + forward + ")";
  }

  @Override
  public Optional<Config> config() {
    Optional<Config> one = named(forward, "forward_");
    Optional<Config> other = named(backward, "backward_");
    return one.isEmpty() || other.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Config.of("keras.layers", "Bidirectional")
                .with("merge_mode", mode == MergeMode.NONE ? Optional.empty() : mode.saved())
                .with("layer", one.get())
                .with(BACKWARD, other.get()));
  }

  /** With a name of its own, as Keras wants for two layers of a kind. */
  private static Optional<Config> named(Layer layer, String before) {
    return InnerLayer.config(layer)
        .map(
            config ->
                config.get("name").isPresent()
                    ? config
                    : config.after(Map.of("name", before + layer.kind())));
  }

  static Bidirectional from(Settings settings, Registry<Layer> layers) {
    Layer forward = InnerLayer.read(settings, "layer", layers);
    boolean isSaved = settings.has(BACKWARD);
    Bidirectional layer =
        isSaved
            ? new Bidirectional(forward, InnerLayer.read(settings, BACKWARD, layers))
            : new Bidirectional(forward);
    Optional<Object> mode = settings.raw("merge_mode");
    return mode.isEmpty()
        ? layer
        : layer.mergeMode(mode.get() instanceof Optional<?> ? "none" : settings.text("merge_mode"));
  }
}
