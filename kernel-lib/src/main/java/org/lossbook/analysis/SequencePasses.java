package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.analysis.SequencePass.Link;
import org.lossbook.analysis.SequencePass.Picture;
import org.lossbook.analysis.SequencePass.Quantity;
import org.lossbook.analysis.SequencePass.Rows;
import org.lossbook.analysis.SequencePass.Shown;
import org.lossbook.analysis.SequencePass.Weight;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.engine.Parameter;
import org.lossbook.formula.Numbers;
import org.lossbook.layer.Layer;
import org.lossbook.layer.attention.MultiHeadAttention;
import org.lossbook.layer.attention.PositionEmbedding;
import org.lossbook.layer.core.Embedding;
import org.lossbook.layer.pooling.GlobalAveragePooling1d;
import org.lossbook.layer.reshaping.Flatten;
import org.lossbook.layer.rnn.Gru;
import org.lossbook.layer.rnn.Lstm;
import org.lossbook.layer.rnn.SimpleRnn;
import org.lossbook.network.Network;

/** The passes of layers of sequences: computes them forward, and says how they go back. */
final class SequencePasses {
  /** The layers that it writes out, as an error names them. */
  static final String LAYERS =
      "embedding, positionEmbedding, simpleRnn, lstm, gru, multiHeadAttention,"
          + " globalAveragePooling1d, flatten";

  private final Network.Node node;
  private final Function<Parameter, double[]> values;
  private final double[][] in;
  private final int samples;
  private final Tape tape = new Tape();
  private final List<Weight> weights = new ArrayList<>();

  /**
   * @param values the numbers of a parameter
   * @param in a row for each step of each sample; of ids one for each sample
   */
  SequencePasses(
      Network.Node node, Function<Parameter, double[]> values, double[][] in, int samples) {
    this.node = node;
    this.values = values;
    this.in = in;
    this.samples = samples;
  }

  /** Whether it can write a layer out. */
  static boolean isPossible(Layer layer) {
    return layer instanceof Embedding
        || RecurrentTape.isPossible(layer)
        || layer instanceof MultiHeadAttention
        || layer instanceof PositionEmbedding
        || layer instanceof GlobalAveragePooling1d
        || layer instanceof Flatten;
  }

  SequencePass forward() {
    Layer layer = node.layer();
    if (layer instanceof Embedding) {
      return embedding();
    }
    if (layer instanceof SimpleRnn || layer instanceof Lstm || layer instanceof Gru) {
      return recurrent();
    }
    if (layer instanceof MultiHeadAttention) {
      return attention();
    }
    if (layer instanceof PositionEmbedding) {
      return positions();
    }
    return layer instanceof Flatten ? flatten() : average();
  }

  private int steps() {
    return node.inputShapes().get(0)[0];
  }

  private Config config() {
    return node.layer().config().orElseThrow();
  }

  private boolean is(String setting) {
    return config().get(setting).equals(Optional.of(true));
  }

  /** A parameter as a matrix with so many rows. */
  private Tape.Var weight(String name, String symbol, int rows, String gradient) {
    Parameter parameter =
        node.parameters().stream()
            .filter(each -> each.name().equals(node.name() + "/" + name))
            .findFirst()
            .orElseThrow();
    Tape.Var matrix = tape.given(Matrix.rows(values.apply(parameter), rows));
    weights.add(new Weight(name, symbol, matrix, parameter.shape(), gradient));
    return matrix;
  }

  private boolean isBiased() {
    return is("use_bias");
  }

  /** The rows of one step of all samples, for each step. */
  private Rows bySteps(List<Tape.Var> parts) {
    int steps = parts.size();
    int[][] places = new int[samples * steps][];
    Arrays.setAll(places, r -> new int[] {r % steps, r / steps});
    return new Rows(parts, places);
  }

  private Rows inputBySteps() {
    return bySteps(
        IntStream.range(0, steps())
            .mapToObj(
                t ->
                    tape.given(
                        IntStream.range(0, samples)
                            .mapToObj(i -> in[i * steps() + t].clone())
                            .toArray(double[][]::new)))
            .toList());
  }

  private Rows whole(Tape.Var all) {
    int[][] places = new int[all.value().length][];
    Arrays.setAll(places, r -> new int[] {0, r});
    return new Rows(List.of(all), places);
  }

  private static List<String> stepNames(int steps) {
    return IntStream.rangeClosed(1, steps).mapToObj(t -> "t = " + t).toList();
  }

  private SequencePass embedding() {
    int words = ((Number) config().get("input_dim").orElseThrow()).intValue();
    Tape.Var table =
        weight("embeddings", "E", words, "row k: Σ of ∂L/∂Aₜ over the steps with xₜ = k");
    List<Tape.Var> ids = new ArrayList<>();
    List<Tape.Var> rows = new ArrayList<>();
    for (int t = 0; t < steps(); t++) {
      int step = t;
      Arrays.stream(in).forEach(x -> requireWord(x[step], words));
      double[][] numbers =
          Arrays.stream(in).map(x -> new double[] {x[step]}).toArray(double[][]::new);
      ids.add(tape.given(numbers));
      rows.add(tape.rows(table, Arrays.stream(in).mapToInt(x -> (int) x[step]).toArray()));
    }
    return new SequencePass(
        node.name(),
        tape,
        new Rows(List.of(), new int[0][]),
        bySteps(rows),
        List.of("Aₜ = row xₜ of E, counted from 0"),
        "",
        List.of(),
        stepNames(steps()),
        List.of(
            new Quantity("xₜ", ids, false),
            new Quantity("Aₜ", rows, false),
            new Quantity("Aₜ", rows, true)),
        weights,
        new Picture(List.of(Shown.first("", rows)), Link.STEP, new double[0][]));
  }

  private void requireWord(double id, int words) {
    if (id != Math.rint(id) || id < 0 || id >= words) {
      throw Messages.wrong(
          "backprop expects ids from 0 to %d for %s but receives %s: number the words from 0, or"
              + " write embedding(%d, …).",
          words - 1, node.name(), Numbers.text(id), (int) Math.ceil(Math.abs(id)) + 1);
    }
  }

  private SequencePass positions() {
    int length = ((Number) config().get("sequence_length").orElseThrow()).intValue();
    Tape.Var table = weight("embeddings", "P", length, "row t: ∂L/∂Aₜ, summed over the samples");
    Rows x = inputBySteps();
    List<Tape.Var> moved = new ArrayList<>();
    for (int t = 0; t < steps(); t++) {
      moved.add(tape.plus(x.parts().get(t), tape.rows(table, t)));
    }
    return new SequencePass(
        node.name(),
        tape,
        x,
        bySteps(moved),
        List.of("Aₜ = Xₜ + row t of P, counted from 1"),
        "",
        List.of("∂L/∂Xₜ = ∂L/∂Aₜ"),
        stepNames(steps()),
        List.of(new Quantity("Aₜ", moved, false), new Quantity("Aₜ", moved, true)),
        weights,
        new Picture(List.of(Shown.first("", moved)), Link.STEP, new double[0][]));
  }

  private SequencePass average() {
    Rows x = inputBySteps();
    Tape.Var sum = x.parts().get(0);
    for (Tape.Var step : x.parts().subList(1, steps())) {
      sum = tape.plus(sum, step);
    }
    return reduced(
        x,
        tape.affine(sum, 1.0 / steps(), 0),
        "A = (X₁ + … + X_T) / T, T = " + steps(),
        "∂L/∂Xₜ = ∂L/∂A / T");
  }

  private SequencePass flatten() {
    boolean isFlat = node.inputShapes().get(0).length == 1;
    Rows x = isFlat ? whole(tape.given(in)) : inputBySteps();
    int width = in[0].length;
    Tape.Var joined = tape.zeros(samples, isFlat ? width : width * steps());
    for (int t = 0; t < x.parts().size(); t++) {
      joined =
          tape.plus(joined, tape.placed(x.parts().get(t), t * width, joined.value()[0].length));
    }
    return reduced(x, joined, "A = X₁, …, X_T side by side", "∂L/∂Xₜ = its part of ∂L/∂A");
  }

  /** A layer that makes one row of a sequence. */
  private SequencePass reduced(Rows x, Tape.Var row, String formula, String back) {
    return new SequencePass(
        node.name(),
        tape,
        x,
        whole(row),
        List.of(formula),
        "",
        List.of(back),
        List.of(),
        List.of(),
        weights,
        new Picture(List.of(Shown.first("", List.of(row))), Link.ALL, new double[0][]));
  }

  private SequencePass recurrent() {
    int units = ((Number) config().get("units").orElseThrow()).intValue();
    boolean isBackwards = is("go_backwards");
    boolean isSequence = is("return_sequences");
    boolean isLstm = node.layer() instanceof Lstm;
    boolean isAfter = is("reset_after");
    RecurrentTape cell =
        RecurrentTape.of(
            tape,
            node.layer(),
            units,
            isAfter,
            RecurrentTape.function(config(), "activation"),
            RecurrentTape.function(config(), "recurrent_activation"));
    cell.weights(
        weight("kernel", "W", in[0].length, cell.kernelGradient()),
        weight("recurrent_kernel", "U", units, cell.recurrentGradient()),
        isBiased()
            ? Optional.of(
                weight(
                    "bias",
                    "b",
                    node.layer() instanceof Gru && isAfter ? 2 : 1,
                    cell.biasGradient()))
            : Optional.empty());
    Rows x = inputBySteps();
    List<Tape.Var> taken = new ArrayList<>(x.parts());
    if (isBackwards) {
      Collections.reverse(taken);
    }
    Tape.Var h = tape.zeros(samples, units);
    Tape.Var c = tape.zeros(samples, units);
    List<Tape.Var> outputs = new ArrayList<>();
    List<Tape.Var> memories = new ArrayList<>();
    for (Tape.Var step : taken) {
      RecurrentTape.State next = cell.step(step, new RecurrentTape.State(h, c));
      h = next.h();
      c = next.c();
      outputs.add(h);
      memories.add(c);
    }
    List<Quantity> quantities = new ArrayList<>();
    quantities.add(new Quantity("Xₜ", taken, false));
    quantities.addAll(cell.quantities());
    quantities.add(new Quantity("Xₜ", taken, true));
    List<Shown> shown = new ArrayList<>(List.of(Shown.first("h", inTime(outputs, isBackwards))));
    if (isLstm) {
      shown.add(Shown.first("c", inTime(memories, isBackwards)));
    }
    List<String> formulas = new ArrayList<>(cell.formulas());
    if (isBackwards) {
      formulas.add("from the last step to the first: t = 1 is the last one");
    }
    List<String> back = new ArrayList<>();
    back.add(
        isSequence
            ? "∂L/∂Hₜ = ∂L/∂Aₜ + " + cell.fromNext()
            : "∂L/∂Hₜ = " + cell.fromNext() + "; of the last step ∂L/∂A");
    back.addAll(cell.backFormulas());
    return new SequencePass(
        node.name(),
        tape,
        x,
        isSequence ? bySteps(outputs) : whole(h),
        formulas,
        isSequence ? "H₁, …, H_T" : "H_T",
        back,
        stepNames(steps()),
        quantities,
        weights,
        new Picture(shown, isBackwards ? Link.BACKWARD : Link.FORWARD, new double[0][]));
  }

  private static List<Tape.Var> inTime(List<Tape.Var> taken, boolean isBackwards) {
    List<Tape.Var> all = new ArrayList<>(taken);
    if (isBackwards) {
      Collections.reverse(all);
    }
    return all;
  }

  private SequencePass attention() {
    return new AttentionTape(tape, node, this::weight, weights, isBiased()).forward(in, samples);
  }

  /** The weights of a layer by name, symbol, rows and the formula of the gradient. */
  interface Weigher {
    Tape.Var of(String name, String symbol, int rows, String gradient);
  }
}
