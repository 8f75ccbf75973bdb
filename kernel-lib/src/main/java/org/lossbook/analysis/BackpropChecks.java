package org.lossbook.analysis;

import java.util.Arrays;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.Layer;
import org.lossbook.layer.activation.ActivationLayer;
import org.lossbook.layer.attention.MultiHeadAttention;
import org.lossbook.layer.core.Dense;
import org.lossbook.layer.core.Embedding;
import org.lossbook.network.Network;
import org.lossbook.training.CompiledModel;

/** Refuses what is too large to read, and what backprop cannot write out. */
final class BackpropChecks {
  private static final int MOST_UNITS = 8;
  private static final int MOST_SAMPLES = 4;
  private static final int MOST_STEPS = 5;
  private static final int MOST_WORDS = 12;
  private static final int MOST_LAYERS = 6;
  private static final String SMALLER =
      "make a small network of your own for reading, such as input(2), dense(3).tanh(), dense(1),"
          + " or look at model.gradient(name).";

  private BackpropChecks() {}

  static void check(CompiledModel compiled, int samples) {
    List<Network.Node> nodes = compiled.network().nodes();
    boolean isChain = compiled.network().inputs().size() == 1 && compiled.heads().size() == 1;
    for (int i = 0; i < nodes.size(); i++) {
      int before = i;
      isChain &= nodes.get(i).inputs().stream().allMatch(from -> from == before);
    }
    if (!isChain || nodes.stream().anyMatch(Network.Node::isReused)) {
      throw Messages.wrong(
          "backprop expects a plain chain of layers but receives a network that"
              + " branches or shares: %s",
          SMALLER);
    }
    boolean ofSequences = nodes.stream().anyMatch(node -> SequencePasses.isPossible(node.layer()));
    nodes.forEach(node -> check(node, ofSequences));
    if (nodes.size() > MOST_LAYERS) {
      throw Messages.wrong(
          "backprop expects at most %d layers but receives %d: %s",
          MOST_LAYERS, nodes.size(), SMALLER);
    }
    if (samples > MOST_SAMPLES) {
      throw Messages.wrong(
          "backprop expects at most %d samples, so that its steps can be read, but receives %,d:"
              + " take the first ones, x.rows(0, 2).",
          MOST_SAMPLES, samples);
    }
    if (!compiled.penalties().isNone()
        || nodes.stream().anyMatch(node -> !node.layer().activityPenalty().isNone())) {
      throw Messages.wrong(
          "backprop expects a loss without penalties on weights and outputs but receives one with them:"
              + " build it without l1 and l2 to read it, or look at model.gradient(name).");
    }
  }

  private static void check(Network.Node node, boolean ofSequences) {
    Layer layer = node.layer();
    boolean isSequence = SequencePasses.isPossible(layer);
    if (!(layer instanceof Dense) && !(layer instanceof ActivationLayer) && !isSequence) {
      throw Messages.wrong(
          "backprop expects dense layers and functions but receives %s: of layers of sequences it"
              + " writes out %s; %s",
          node.name(), SequencePasses.LAYERS, SMALLER);
    }
    int[] in = node.inputShapes().get(0);
    if (in.length > (ofSequences ? 2 : 1)) {
      throw Messages.wrong(
          "backprop expects one row a sample but %s receives %s: %s",
          node.name(), Shapes.withBatch(in), SMALLER);
    }
    if (isSequence) {
      sequence(node);
    }
    function(node);
    size(node, ofSequences);
  }

  private static void function(Network.Node node) {
    Activation function = node.layer().activation();
    Activation.Kind kind = function.kind();
    if (kind == Activation.Kind.GELU
        || kind == Activation.Kind.GELU_TANH
        || function.ofRows().isPresent()) {
      throw Messages.wrong(
          "backprop expects functions that can be worked out on paper but %s ends in %s: take"
              + " relu, swish or tanh instead.",
          node.name(), function.kerasName());
    }
  }

  private static void size(Network.Node node, boolean ofSequences) {
    int[] in = node.inputShapes().get(0);
    boolean isOfIds = node.layer() instanceof Embedding;
    int from = isOfIds ? number(node, "input_dim") : Shapes.last(in);
    int to = Shapes.last(node.output());
    int plain = ofSequences ? MOST_STEPS * MOST_UNITS : MOST_UNITS; // behind flatten
    int most = isOfIds ? MOST_WORDS : plain;
    boolean joinsSteps = in.length == 2 && node.output().length == 1;
    if (from > most || to > MOST_UNITS && !joinsSteps) {
      throw Messages.wrong(
          "backprop expects layers of at most %d units, so that its steps can be read, but"
              + " receives %s from %d to %d: %s",
          MOST_UNITS, node.name(), from, to, SMALLER);
    }
    int steps = in.length == 2 || isOfIds ? in[0] : 1;
    if (steps > MOST_STEPS) {
      throw Messages.wrong(
          "backprop expects sequences of at most %d steps, so that they can be read side by side,"
              + " but %s receives %s: give it the first ones.",
          MOST_STEPS, node.name(), Shapes.withBatch(in));
    }
  }

  private static int number(Network.Node node, String setting) {
    return ((Number) node.layer().config().orElseThrow().get(setting).orElseThrow()).intValue();
  }

  /** Refuses settings of a layer of sequences that its steps would not show. */
  private static void sequence(Network.Node node) {
    Config config = node.layer().config().orElseThrow();
    for (String flag :
        List.of("mask_zero", "stateful", "return_state", "use_gate", "sliding_window")) {
      Object value = config.get(flag).orElse(false);
      if (!Boolean.FALSE.equals(value)) {
        throw refused(node, flag);
      }
    }
    for (String rate : List.of("dropout", "recurrent_dropout")) {
      if (((Number) config.get(rate).orElse(0)).doubleValue() > 0) {
        throw refused(node, rate);
      }
    }
    for (String function : List.of("activation", "recurrent_activation")) {
      Object value = config.get(function).orElse("linear");
      if (!(value instanceof String name) || !isPlain(name)) {
        throw refused(node, function);
      }
    }
    boolean isShaped =
        node.layer() instanceof MultiHeadAttention
            && config.get("output_shape").isPresent()
            && node.output().length != 2;
    if (isShaped) {
      throw refused(node, "output_shape");
    }
    int[] in = node.inputShapes().get(0);
    if (node.layer() instanceof Embedding && in.length != 1) {
      throw Messages.wrong(
          "backprop expects the ids of one sequence a sample, [batch, steps], but %s receives %s:"
              + " %s",
          node.name(), Arrays.toString(in), SMALLER);
    }
  }

  private static boolean isPlain(String name) {
    return List.of("linear", "sigmoid", "tanh", "relu", "silu", "softplus").contains(name);
  }

  private static IllegalArgumentException refused(Network.Node node, String setting) {
    return Messages.wrong(
        "backprop expects a layer of sequences as simple as it can be but %s has %s: leave that out"
            + " to read its steps, or look at model.gradient(name).",
        node.name(), setting);
  }
}
