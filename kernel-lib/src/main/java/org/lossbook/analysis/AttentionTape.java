package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.analysis.SequencePass.Link;
import org.lossbook.analysis.SequencePass.Picture;
import org.lossbook.analysis.SequencePass.Quantity;
import org.lossbook.analysis.SequencePass.Rows;
import org.lossbook.analysis.SequencePass.Shown;
import org.lossbook.analysis.SequencePass.Weight;
import org.lossbook.config.Config;
import org.lossbook.engine.Activation;
import org.lossbook.network.Network;

/** Self-attention of several heads on a tape; its tables show the first sample's. */
final class AttentionTape {
  private final Tape tape;
  private final Network.Node node;
  private final SequencePasses.Weigher weigher;
  private final List<Weight> weights;
  private final boolean isBiased;
  private final int heads;
  private final int keyDim;
  private final int valueDim;
  private final boolean isCausal;

  AttentionTape(
      Tape tape,
      Network.Node node,
      SequencePasses.Weigher weigher,
      List<Weight> weights,
      boolean isBiased) {
    this.tape = tape;
    this.node = node;
    this.weigher = weigher;
    this.weights = weights;
    this.isBiased = isBiased;
    Config config = node.layer().config().orElseThrow();
    heads = number(config, "num_heads");
    keyDim = number(config, "key_dim");
    valueDim = number(config, "value_dim");
    isCausal = Boolean.TRUE.equals(node.layer().callArguments().settings().get("use_causal_mask"));
  }

  private static int number(Config config, String name) {
    return ((Number) config.get(name).orElseThrow()).intValue();
  }

  SequencePass forward(double[][] in, int samples) {
    int width = in[0].length;
    int steps = in.length / samples;
    Projected query = projection("query", "Q", width);
    Projected key = projection("key", "K", width);
    Projected value = projection("value", "V", width);
    Tape.Var kernel = weigher.of("attention_output/kernel", "Wₒ", heads * valueDim, "Oᵀ ∂L/∂A");
    List<Tape.Var> bias = new ArrayList<>();
    if (isBiased) {
      bias.add(weigher.of("attention_output/bias", "bₒ", 1, "Σ over steps of ∂L/∂A"));
    }
    Map<String, List<Tape.Var>> rows = new LinkedHashMap<>();
    List<Tape.Var> x = new ArrayList<>();
    List<Tape.Var> outputs = new ArrayList<>();
    double[][] shares = new double[steps][steps];
    for (int i = 0; i < samples; i++) {
      Tape.Var sample = tape.given(Arrays.copyOfRange(in, i * steps, (i + 1) * steps));
      x.add(sample);
      Tape.Var sum = tape.zeros(steps, kernel.value()[0].length);
      for (int head = 0; head < heads; head++) {
        Tape.Var q = query.of(sample, head, keyDim);
        Tape.Var k = key.of(sample, head, keyDim);
        Tape.Var v = value.of(sample, head, valueDim);
        Tape.Var z = tape.affine(tape.timesTransposed(q, k), 1 / Math.sqrt(keyDim), 0);
        Tape.Var seen = isCausal ? tape.plus(z, tape.given(hidden(steps))) : z;
        Tape.Var s = tape.function(Activation.SOFTMAX, seen);
        Tape.Var o = tape.times(s, v);
        int[] own = IntStream.range(head * valueDim, (head + 1) * valueDim).toArray();
        sum = tape.plus(sum, tape.times(o, tape.rows(kernel, own)));
        if (i == 0) {
          note(rows, q, k, v, s, o, z);
          add(shares, s.value(), 1.0 / heads);
        }
      }
      outputs.add(bias.isEmpty() ? sum : tape.plus(sum, bias.get(0)));
    }
    return new SequencePass(
        node.name(),
        tape,
        bySamples(x, steps),
        bySamples(outputs, steps),
        formulas(),
        "",
        List.of(
            "∂L/∂O = ∂L/∂A Wₒᵀ",
            "∂L/∂V = Sᵀ ∂L/∂O",
            "∂L/∂S = ∂L/∂O Vᵀ",
            "ΔZ = S ⊙ (∂L/∂S − Σ ∂L/∂S ⊙ S)",
            "∂L/∂Q = ΔZ K / √" + keyDim,
            "∂L/∂K = ΔZᵀ Q / √" + keyDim),
        IntStream.rangeClosed(1, heads).mapToObj(head -> "head " + head).toList(),
        quantities(rows),
        weights,
        new Picture(List.of(Shown.rows("", outputs.get(0))), Link.ALL, shares));
  }

  /** The projections of one kind: one matrix, each head's columns of it side by side. */
  private record Projected(Tape tape, Tape.Var kernel, List<Tape.Var> bias) {
    Tape.Var of(Tape.Var x, int head, int size) {
      Tape.Var own = tape.columns(kernel, head * size, (head + 1) * size);
      Tape.Var product = tape.times(x, own);
      return bias.isEmpty() ? product : tape.plus(product, tape.rows(bias.get(0), head));
    }
  }

  private Projected projection(String name, String letter, int width) {
    String gradient = "Xᵀ ∂L/∂" + letter;
    String symbol = letter.toLowerCase(Locale.ROOT);
    Tape.Var kernel = weigher.of(name + "/kernel", "W_" + symbol, width, gradient);
    List<Tape.Var> bias =
        isBiased
            ? List.of(
                weigher.of(name + "/bias", "b_" + symbol, heads, "Σ over steps of ∂L/∂" + letter))
            : List.of();
    return new Projected(tape, kernel, bias);
  }

  private List<String> formulas() {
    String hiding = isCausal ? ", −∞ for later steps" : "";
    String each = isBiased ? " + b" : "";
    return List.of(
        "Q = X W_q"
            + each.replace("b", "b_q")
            + ", K = X W_k"
            + each.replace("b", "b_k")
            + ", V = X W_v"
            + each.replace("b", "b_v"),
        "S = softmax(Q Kᵀ / √" + keyDim + hiding + "), O = S V",
        "A = O Wₒ" + (isBiased ? " + bₒ" : "") + ", with the heads' O side by side");
  }

  private static void note(
      Map<String, List<Tape.Var>> rows,
      Tape.Var q,
      Tape.Var k,
      Tape.Var v,
      Tape.Var s,
      Tape.Var o,
      Tape.Var z) {
    Map.of("Q", q, "K", k, "V", v, "S", s, "O", o, "Z", z)
        .forEach((symbol, of) -> rows.computeIfAbsent(symbol, any -> new ArrayList<>()).add(of));
  }

  private static List<Quantity> quantities(Map<String, List<Tape.Var>> rows) {
    List<Quantity> all = new ArrayList<>();
    for (String symbol : List.of("Q", "K", "V", "S", "O")) {
      all.add(new Quantity(symbol, rows.get(symbol), false));
    }
    for (String symbol : List.of("O", "V", "S", "Z", "Q", "K")) {
      String shown = symbol.equals("Z") ? "ΔZ" : "∂L/∂" + symbol;
      all.add(new Quantity(shown, rows.get(symbol), true));
    }
    return all;
  }

  private static double[][] hidden(int steps) {
    double[][] mask = new double[steps][steps];
    for (int t = 0; t < steps; t++) {
      Arrays.fill(mask[t], t + 1, steps, Double.NEGATIVE_INFINITY);
    }
    return mask;
  }

  private static void add(double[][] sum, double[][] more, double factor) {
    for (int t = 0; t < sum.length; t++) {
      for (int s = 0; s < sum.length; s++) {
        sum[t][s] += factor * more[t][s];
      }
    }
  }

  private static Rows bySamples(List<Tape.Var> parts, int steps) {
    int[][] places = new int[parts.size() * steps][];
    Arrays.setAll(places, r -> new int[] {r / steps, r % steps});
    return new Rows(parts, places);
  }
}
