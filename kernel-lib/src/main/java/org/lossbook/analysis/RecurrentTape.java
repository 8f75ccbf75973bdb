package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.analysis.SequencePass.Quantity;
import org.lossbook.config.Config;
import org.lossbook.engine.Activation;
import org.lossbook.layer.Activations;
import org.lossbook.layer.Layer;
import org.lossbook.layer.rnn.Gru;
import org.lossbook.layer.rnn.Lstm;
import org.lossbook.layer.rnn.SimpleRnn;

/** The steps of a recurrent cell on a tape, with their formulas. */
abstract class RecurrentTape {
  /** What a step leaves to the next; c is that of an LSTM. */
  record State(Tape.Var h, Tape.Var c) {}

  final Tape tape;
  final int units;
  final Activation function;
  final Activation gates;
  private final Map<String, List<Tape.Var>> forward = new LinkedHashMap<>();
  private final Map<String, List<Tape.Var>> back = new LinkedHashMap<>();
  Tape.Var kernel;
  Tape.Var recurrentKernel;
  Optional<Tape.Var> bias = Optional.empty();

  private RecurrentTape(Tape tape, int units, Activation function, Activation gates) {
    this.tape = tape;
    this.units = units;
    this.function = function;
    this.gates = gates;
  }

  static boolean isPossible(Layer layer) {
    return layer instanceof SimpleRnn || layer instanceof Lstm || layer instanceof Gru;
  }

  static RecurrentTape of(
      Tape tape,
      Layer layer,
      int units,
      boolean resetAfter,
      Activation function,
      Activation gates) {
    if (layer instanceof Lstm) {
      return new OfLstm(tape, units, function, gates);
    }
    if (layer instanceof SimpleRnn) {
      return new OfSimple(tape, units, function);
    }
    return resetAfter
        ? new OfGru(tape, units, function, gates)
        : new OfGruResetBefore(tape, units, function, gates);
  }

  /** A function of a recurrent layer by its setting, which the checks have seen. */
  static Activation function(Config config, String name) {
    return config
        .get(name)
        .map(saved -> Activations.named((String) saved))
        .orElse(Activation.LINEAR);
  }

  final void weights(Tape.Var ofInputs, Tape.Var ofStates, Optional<Tape.Var> added) {
    kernel = ofInputs;
    recurrentKernel = ofStates;
    bias = added;
  }

  abstract State step(Tape.Var x, State before);

  abstract List<String> formulas();

  /** What the next step adds to ∂L/∂Hₜ. */
  String fromNext() {
    return "Δₜ₊₁ Uᵀ";
  }

  abstract List<String> backFormulas();

  String kernelGradient() {
    return "Σₜ Xₜᵀ Δₜ";
  }

  String recurrentGradient() {
    return "Σₜ Hₜ₋₁ᵀ Δₜ";
  }

  String biasGradient() {
    return "Σₜ Σ over samples of Δₜ";
  }

  /** The rows of its tables, those of the way back in its order. */
  final List<Quantity> quantities() {
    List<Quantity> all = new ArrayList<>();
    forward.forEach((symbol, steps) -> all.add(new Quantity(symbol, steps, false)));
    back.forEach((symbol, steps) -> all.add(new Quantity(symbol, steps, true)));
    return all;
  }

  final Tape.Var shown(String symbol, Tape.Var value) {
    forward.computeIfAbsent(symbol, any -> new ArrayList<>()).add(value);
    return value;
  }

  final Tape.Var shownBack(String symbol, Tape.Var value) {
    back.computeIfAbsent(symbol, any -> new ArrayList<>()).add(value);
    return value;
  }

  final Tape.Var part(Tape.Var all, int index) {
    return tape.columns(all, index * units, (index + 1) * units);
  }

  /** X W + b, with the bias's row if it has several. */
  final Tape.Var affine(Tape.Var x, Tape.Var matrix, int row) {
    Tape.Var product = tape.times(x, matrix);
    return bias.map(all -> tape.plus(product, all.value().length == 1 ? all : tape.rows(all, row)))
        .orElse(product);
  }

  final String biased(String term) {
    return bias.isPresent() ? " + " + term : "";
  }

  private static String name(Activation function) {
    return function.kind() == Activation.Kind.SIGMOID ? "σ" : function.kerasName();
  }

  final String phi() {
    return name(function);
  }

  final String sigma() {
    return name(gates);
  }

  private static final class OfSimple extends RecurrentTape {
    OfSimple(Tape tape, int units, Activation function) {
      super(tape, units, function, Activation.LINEAR);
    }

    @Override
    State step(Tape.Var x, State before) {
      Tape.Var z =
          shown("Zₜ", tape.plus(affine(x, kernel, 0), tape.times(before.h(), recurrentKernel)));
      Tape.Var h = shown("Hₜ", tape.function(function, z));
      shownBack("∂L/∂Hₜ", h);
      shownBack("Δₜ", z);
      return new State(h, before.c());
    }

    @Override
    List<String> formulas() {
      return List.of("Zₜ = Xₜ W + Hₜ₋₁ U" + biased("b"), "Hₜ = " + phi() + "(Zₜ)");
    }

    @Override
    List<String> backFormulas() {
      return List.of("Δₜ = ∂L/∂Zₜ = ∂L/∂Hₜ ⊙ " + phi() + "'(Zₜ)");
    }
  }

  private static final class OfLstm extends RecurrentTape {
    OfLstm(Tape tape, int units, Activation function, Activation gates) {
      super(tape, units, function, gates);
    }

    @Override
    State step(Tape.Var x, State before) {
      Tape.Var z = tape.plus(affine(x, kernel, 0), tape.times(before.h(), recurrentKernel));
      Tape.Var[] parts = {part(z, 0), part(z, 1), part(z, 2), part(z, 3)};
      Tape.Var i = shown("Iₜ", tape.function(gates, parts[0]));
      Tape.Var f = shown("Fₜ", tape.function(gates, parts[1]));
      Tape.Var g = shown("Gₜ", tape.function(function, parts[2]));
      Tape.Var o = shown("Oₜ", tape.function(gates, parts[3]));
      Tape.Var c = shown("Cₜ", tape.plus(tape.product(f, before.c()), tape.product(i, g)));
      Tape.Var h = shown("Hₜ", tape.product(o, tape.function(function, c)));
      shownBack("∂L/∂Hₜ", h);
      shownBack("∂L/∂Cₜ", c);
      shownBack("ΔIₜ", parts[0]);
      shownBack("ΔFₜ", parts[1]);
      shownBack("ΔGₜ", parts[2]);
      shownBack("ΔOₜ", parts[3]);
      return new State(h, c);
    }

    @Override
    List<String> formulas() {
      return List.of(
          "Zₜ = Xₜ W + Hₜ₋₁ U" + biased("b") + ", whose four parts are those of I, F, G and O",
          "Iₜ, Fₜ, Oₜ = " + sigma() + "(Zₜ)",
          "Gₜ = " + phi() + "(Zₜ)",
          "Cₜ = Fₜ ⊙ Cₜ₋₁ + Iₜ ⊙ Gₜ",
          "Hₜ = Oₜ ⊙ " + phi() + "(Cₜ)");
    }

    @Override
    List<String> backFormulas() {
      return List.of(
          "∂L/∂Cₜ = ∂L/∂Hₜ ⊙ Oₜ ⊙ " + phi() + "'(Cₜ) + ∂L/∂Cₜ₊₁ ⊙ Fₜ₊₁",
          "ΔIₜ = ∂L/∂Cₜ ⊙ Gₜ ⊙ " + sigma() + "'(Zₜ)",
          "ΔFₜ = ∂L/∂Cₜ ⊙ Cₜ₋₁ ⊙ " + sigma() + "'(Zₜ)",
          "ΔGₜ = ∂L/∂Cₜ ⊙ Iₜ ⊙ " + phi() + "'(Zₜ)",
          "ΔOₜ = ∂L/∂Hₜ ⊙ " + phi() + "(Cₜ) ⊙ " + sigma() + "'(Zₜ)",
          "Δₜ = ∂L/∂Zₜ = ΔIₜ, ΔFₜ, ΔGₜ, ΔOₜ side by side");
    }
  }

  /** What both forms of a GRU have in common. */
  private abstract static class Gated extends RecurrentTape {
    Gated(Tape tape, int units, Activation function, Activation gates) {
      super(tape, units, function, gates);
    }

    /** The candidate's sum from x's part, the state and the reset gate. */
    abstract Tape.Var candidate(Tape.Var x, Tape.Var h, Tape.Var inner, Tape.Var reset);

    /** H U, and its bias if it has one. */
    abstract Tape.Var inner(Tape.Var h);

    abstract String candidateFormula();

    abstract String resetFormula();

    @Override
    final State step(Tape.Var x, State before) {
      Tape.Var outer = affine(x, kernel, 0);
      Tape.Var inner = inner(before.h());
      Tape.Var zSum = tape.plus(part(outer, 0), part(inner, 0));
      Tape.Var rSum = tape.plus(part(outer, 1), part(inner, 1));
      Tape.Var z = shown("Zₜ", tape.function(gates, zSum));
      Tape.Var r = shown("Rₜ", tape.function(gates, rSum));
      Tape.Var gSum = candidate(part(outer, 2), before.h(), inner, r);
      Tape.Var g = shown("Gₜ", tape.function(function, gSum));
      Tape.Var h =
          shown(
              "Hₜ", tape.plus(tape.product(z, before.h()), tape.product(tape.affine(z, -1, 1), g)));
      shownBack("∂L/∂Hₜ", h);
      shownBack("ΔGₜ", gSum);
      shownBack("ΔZₜ", zSum);
      shownBack("ΔRₜ", rSum);
      return new State(h, before.c());
    }

    @Override
    final List<String> formulas() {
      return List.of(
          "Zₜ = " + sigma() + "(Xₜ W_z + Hₜ₋₁ U_z" + biased("b_z") + ")",
          "Rₜ = " + sigma() + "(Xₜ W_r + Hₜ₋₁ U_r" + biased("b_r") + ")",
          "Gₜ = " + phi() + "(" + candidateFormula() + ")",
          "Hₜ = Zₜ ⊙ Hₜ₋₁ + (1 − Zₜ) ⊙ Gₜ");
    }

    @Override
    final List<String> backFormulas() {
      return List.of(
          "ΔGₜ = ∂L/∂Hₜ ⊙ (1 − Zₜ) ⊙ " + phi() + "'",
          "ΔZₜ = ∂L/∂Hₜ ⊙ (Hₜ₋₁ − Gₜ) ⊙ " + sigma() + "'",
          "ΔRₜ = " + resetFormula() + " ⊙ " + sigma() + "'",
          "Δₜ = ΔZₜ, ΔRₜ, ΔGₜ side by side");
    }
  }

  private static final class OfGru extends Gated {
    OfGru(Tape tape, int units, Activation function, Activation gates) {
      super(tape, units, function, gates);
    }

    @Override
    Tape.Var inner(Tape.Var h) {
      return affine(h, recurrentKernel, 1);
    }

    @Override
    Tape.Var candidate(Tape.Var x, Tape.Var h, Tape.Var inner, Tape.Var reset) {
      return tape.plus(x, tape.product(reset, part(inner, 2)));
    }

    @Override
    String candidateFormula() {
      return "Xₜ W_g" + biased("b_g") + " + Rₜ ⊙ (Hₜ₋₁ U_g" + biased("b'_g") + ")";
    }

    @Override
    String resetFormula() {
      return "ΔGₜ ⊙ (Hₜ₋₁ U_g" + biased("b'_g") + ")";
    }

    @Override
    String fromNext() {
      return "∂L/∂Hₜ₊₁ ⊙ Zₜ₊₁ + Δ'ₜ₊₁ Uᵀ, with Δ' = ΔZ, ΔR, ΔG ⊙ R side by side";
    }

    @Override
    String recurrentGradient() {
      return "Σₜ Hₜ₋₁ᵀ Δ'ₜ";
    }

    @Override
    String biasGradient() {
      return "Σₜ Σ over samples of Δₜ, and of Δ'ₜ in the second row";
    }
  }

  private static final class OfGruResetBefore extends Gated {
    OfGruResetBefore(Tape tape, int units, Activation function, Activation gates) {
      super(tape, units, function, gates);
    }

    @Override
    Tape.Var inner(Tape.Var h) {
      return tape.times(h, recurrentKernel);
    }

    @Override
    Tape.Var candidate(Tape.Var x, Tape.Var h, Tape.Var inner, Tape.Var reset) {
      Tape.Var product = tape.times(tape.product(reset, h), recurrentKernel);
      return tape.plus(x, part(product, 2));
    }

    @Override
    String candidateFormula() {
      return "Xₜ W_g + (Rₜ ⊙ Hₜ₋₁) U_g" + biased("b_g");
    }

    @Override
    String resetFormula() {
      return "(ΔGₜ U_gᵀ) ⊙ Hₜ₋₁";
    }

    @Override
    String fromNext() {
      return "∂L/∂Hₜ₊₁ ⊙ Zₜ₊₁ + ΔZₜ₊₁ U_zᵀ + ΔRₜ₊₁ U_rᵀ + (ΔGₜ₊₁ U_gᵀ) ⊙ Rₜ₊₁";
    }

    @Override
    String recurrentGradient() {
      return "Σₜ Hₜ₋₁ᵀ ΔZₜ, Hₜ₋₁ᵀ ΔRₜ, (Rₜ ⊙ Hₜ₋₁)ᵀ ΔGₜ side by side";
    }
  }
}
