package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lossbook.engine.Activation;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.notebook.Markup;

/** The steps of a forward and a backward pass with their numbers, for a notebook or as text. */
final class BackpropSteps {
  private final Backprop backprop;
  private final boolean latex;
  private final List<String> lines = new ArrayList<>();

  BackpropSteps(Backprop backprop, boolean latex) {
    this.backprop = backprop;
    this.latex = latex;
  }

  String written() {
    List<Pass> passes = backprop.passes();
    heading("Forward");
    equation(layered("A", 0), "x", matrix(backprop.start()));
    for (int i = 0; i < passes.size(); i++) {
      if (passes.get(i) instanceof SequencePass sequence) {
        forward(sequence, i + 1);
      } else {
        forward((DensePass) passes.get(i), i + 1);
      }
    }
    formula(backprop.loss().formula());
    equation("L", Numbers.brief(backprop.value()));
    heading("Backward");
    for (int i = passes.size() - 1; i >= 0; i--) {
      if (passes.get(i) instanceof SequencePass sequence) {
        backward(sequence, i);
      } else {
        backward((DensePass) passes.get(i), i);
      }
    }
    return String.join(latex ? "\n\n" : "\n", lines);
  }

  private void forward(DensePass pass, int layer) {
    String in = layered("A", layer - 1);
    String z = layered("Z", layer);
    if (pass.isDense()) {
      name(pass);
      boolean biased = pass.bias().length > 0;
      equation(
          z,
          in + " " + layered("W", layer) + (biased ? " + " + layered("b", layer) : ""),
          matrix(pass.in())
              + " "
              + matrix(pass.kernel())
              + (biased ? " + " + matrix(new double[][] {pass.bias()}) : ""),
          matrix(pass.z()));
    }
    String from = pass.isDense() ? z : in;
    String function = function(pass.activation());
    equation(
        layered("A", layer),
        function.isEmpty() ? from : function + "(" + from + ")",
        matrix(pass.out()));
  }

  private void forward(SequencePass pass, int layer) {
    name(pass);
    pass.formulas().forEach(this::written);
    pass.weights()
        .forEach(weight -> equation(symbol(weight.symbol()), matrix(weight.matrix().value())));
    table(pass, false);
    String result = pass.result();
    if (result.isEmpty()) {
      equation(layered("A", layer), matrix(pass.out()));
    } else {
      equation(layered("A", layer), symbol(result), matrix(pass.out()));
    }
  }

  private void backward(SequencePass pass, int i) {
    List<Pass> passes = backprop.passes();
    name(pass);
    if (i == passes.size() - 1) {
      formula(backprop.loss().derivative());
      equation(by(layered("A", i + 1)), matrix(backprop.lossGradient()));
    } else if (passes.get(i + 1) instanceof DensePass next) {
      String behind = layered(latex ? "\\Delta" : "Δ", i + 2);
      equation(
          by(layered("A", i + 1)),
          next.isDense()
              ? behind + " " + layered("W", i + 2) + (latex ? "{}^{\\top}" : "ᵀ")
              : behind,
          matrix(backprop.byInput(i + 1)));
    }
    pass.backFormulas().forEach(formula -> written(ofLayer(formula, i + 1)));
    table(pass, true);
    for (SequencePass.Weight weight : pass.weights()) {
      equation(
          by(symbol(weight.symbol())),
          symbol(ofLayer(weight.gradient(), i + 1)),
          matrix(weight.matrix().gradient()));
    }
    if (i > 0) {
      equation(by(layered("A", i)), matrix(backprop.byInput(i)));
    }
  }

  /** A formula whose A is that of a layer. */
  private String ofLayer(String formula, int layer) {
    return formula.replace("∂L/∂A", "∂L/∂" + layered("A", layer));
  }

  private void written(String formula) {
    lines.add(latex ? "$$" + symbol(formula) + "$$" : "  " + formula);
  }

  private String symbol(String plain) {
    return latex ? PlainMath.latex(plain) : plain;
  }

  /** The quantities of a layer step by step, or head by head. */
  private void table(SequencePass pass, boolean isBack) {
    List<SequencePass.Quantity> rows =
        pass.quantities().stream().filter(row -> row.isGradient() == isBack).toList();
    if (rows.isEmpty()) {
      return;
    }
    List<List<String>> cells = new ArrayList<>();
    for (SequencePass.Quantity row : rows) {
      String plain = row.symbol();
      boolean isNamed = !isBack || plain.startsWith("Δ") || plain.startsWith("∂");
      List<String> line = new ArrayList<>();
      line.add(symbol(isNamed ? plain : "∂L/∂" + plain));
      row.matrices().forEach(matrix -> line.add(matrix(matrix)));
      cells.add(line);
    }
    lines.add(latex ? markdown(pass.columns(), cells) : aligned(pass.columns(), cells));
  }

  private static String markdown(List<String> columns, List<List<String>> cells) {
    StringBuilder text = new StringBuilder("| |");
    columns.forEach(column -> text.append(' ').append(column).append(" |"));
    text.append("\n|:--|").append(":-:|".repeat(columns.size()));
    for (List<String> line : cells) {
      text.append("\n|");
      line.forEach(cell -> text.append(" $").append(cell).append("$ |"));
    }
    return text.toString();
  }

  private static String aligned(List<String> columns, List<List<String>> cells) {
    List<List<String>> all = new ArrayList<>();
    List<String> head = new ArrayList<>(columns);
    head.add(0, "");
    all.add(head);
    all.addAll(cells);
    int[] widths = new int[head.size()];
    for (List<String> line : all) {
      for (int j = 0; j < widths.length; j++) {
        widths[j] = Math.max(widths[j], line.get(j).length());
      }
    }
    return all.stream()
        .map(
            line -> {
              StringBuilder text = new StringBuilder(" ");
              for (int j = 0; j < widths.length; j++) {
                text.append(' ').append(line.get(j));
                text.append(" ".repeat(widths[j] - line.get(j).length() + 1));
              }
              return text.toString().stripTrailing();
            })
        .collect(Collectors.joining("\n"));
  }

  private void backward(DensePass pass, int i) {
    List<Pass> passes = backprop.passes();
    int layer = i + 1;
    name(pass);
    String delta = layered(latex ? "\\Delta" : "Δ", layer);
    if (i == passes.size() - 1) {
      last(pass, layer, delta);
    } else if (passes.get(i + 1) instanceof SequencePass) {
      through(pass, layer, delta, by(layered("A", layer)), matrix(backprop.byInput(i + 1)));
    } else {
      DensePass next = (DensePass) passes.get(i + 1);
      String behind = layered(latex ? "\\Delta" : "Δ", layer + 1);
      String weights = layered("W", layer + 1) + (latex ? "{}^{\\top}" : "ᵀ");
      String back = next.isDense() ? "(" + behind + " " + weights + ")" : behind;
      String numbers =
          next.isDense()
              ? matrix(next.delta()) + " " + matrix(Matrix.transposed(next.kernel()))
              : matrix(next.delta());
      String grouped = latex ? "\\left(" + numbers + "\\right)" : "(" + numbers + ")";
      through(pass, layer, delta, back, next.isDense() ? grouped : numbers);
    }
    if (pass.isDense()) {
      equation(
          by(layered("W", layer)),
          layered("A", layer - 1) + (latex ? "{}^{\\top} " : "ᵀ ") + delta,
          matrix(Matrix.transposed(pass.in())) + " " + matrix(pass.delta()),
          matrix(pass.kernelGradient()));
      one(pass, layer);
      if (pass.bias().length > 0) {
        equation(
            by(layered("b", layer)),
            (latex ? "\\textstyle\\sum_{\\text{samples}} " : "Σ over samples of ") + delta,
            matrix(new double[][] {pass.biasGradient()}));
      }
    }
  }

  private void last(DensePass pass, int layer, String delta) {
    formula(backprop.loss().derivative());
    if (pass.fused()) {
      note(pass);
      equation(delta, by(layered("Z", layer)), matrix(pass.delta()));
      return;
    }
    String a = by(layered("A", layer));
    if (pass.activation().kind() == Activation.Kind.LINEAR) {
      equation(delta, a, matrix(pass.delta()));
    } else {
      equation(a, matrix(backprop.lossGradient()));
      through(pass, layer, delta, a, matrix(backprop.lossGradient()));
    }
  }

  /** Δ from the gradient with respect to an activation's output. */
  private void through(DensePass pass, int layer, String delta, String gradient, String numbers) {
    Activation.Kind kind = pass.activation().kind();
    if (kind == Activation.Kind.LINEAR) {
      equation(delta, gradient, numbers, matrix(pass.delta()));
    } else if (kind == Activation.Kind.SOFTMAX) {
      String a = layered("A", layer);
      String sum = latex ? "\\textstyle\\sum " : "Σ ";
      String dot = latex ? " \\odot " : " ⊙ ";
      equation(
          delta,
          a + dot + "(" + gradient + " - " + sum + gradient + dot + a + ")",
          matrix(pass.delta()));
    } else {
      String derivative = function(pass.activation()) + "'(" + layered("Z", layer) + ")";
      String dot = latex ? " \\odot " : " ⊙ ";
      equation(
          delta,
          gradient + dot + derivative,
          numbers + dot + matrix(ActivationDerivatives.derivatives(pass.activation(), pass.z())),
          matrix(pass.delta()));
    }
  }

  /** One weight's gradient as a sum over samples, to check on paper. */
  private void one(DensePass pass, int layer) {
    String terms =
        Arrays.stream(rows(pass))
            .mapToObj(
                r ->
                    bracketed(pass.in()[r][0])
                        + (latex ? " \\cdot " : "·")
                        + bracketed(pass.delta()[r][0]))
            .collect(Collectors.joining(" + "));
    String w = latex ? "W^{(" + layer + ")}_{11}" : "W" + layer + "[1,1]";
    equation(by(w), terms, Numbers.brief(pass.kernelGradient()[0][0]));
  }

  private static int[] rows(DensePass pass) {
    int[] rows = new int[pass.in().length];
    Arrays.setAll(rows, r -> r);
    return rows;
  }

  private static String bracketed(double number) {
    return number < 0 ? "(" + Numbers.brief(number) + ")" : Numbers.brief(number);
  }

  private String by(String what) {
    return latex ? "\\frac{\\partial L}{\\partial " + what + "}" : "∂L/∂" + what;
  }

  private String layered(String letter, int layer) {
    return latex ? letter + "^{(" + layer + ")}" : letter + layer;
  }

  private String function(Activation activation) {
    return activation.kind() == Activation.Kind.LINEAR ? "" : plain(activation.kerasName());
  }

  private String plain(String words) {
    return latex ? "\\operatorname{" + words.replace("_", "\\_") + "}" : words;
  }

  private String matrix(double[][] rows) {
    String cells =
        Arrays.stream(rows)
            .map(
                row ->
                    Arrays.stream(row)
                        .mapToObj(Numbers::brief)
                        .collect(Collectors.joining(latex ? " & " : ", ")))
            .collect(Collectors.joining(latex ? " \\\\ " : "; "));
    if (latex) {
      return "\\begin{pmatrix}" + cells + "\\end{pmatrix}";
    }
    return rows.length == 1 && rows[0].length == 1 ? "(" + cells + ")" : "[" + cells + "]";
  }

  private void equation(String... sides) {
    if (latex && sides.length > 2) {
      // One line each: three matrices of three samples side by side are wider than a laptop.
      String rest = String.join(" \\\\ &= ", List.of(sides).subList(1, sides.length));
      lines.add("$$\\begin{aligned}" + sides[0] + " &= " + rest + "\\end{aligned}$$");
      return;
    }
    String joined = String.join(" = ", sides);
    lines.add(latex ? "$$" + joined + "$$" : "  " + joined);
  }

  private void formula(Mathematics formula) {
    lines.add(latex ? "$$" + formula.latex() + "$$" : "  " + formula.text());
  }

  /**
   * Notes that softmax or sigmoid and their cross-entropy are backpropagated in one step, to the
   * logits.
   */
  private void note(DensePass pass) {
    String function = pass.activation().kerasName();
    String words = function + " and the loss go back in one step";
    lines.add(latex ? words : "  " + words);
  }

  private void heading(String text) {
    lines.add(latex ? "**" + text + "**" : text);
  }

  private void name(Pass pass) {
    lines.add(latex ? Markup.code(pass.name()) : " " + Markup.line(pass.name()));
  }
}
