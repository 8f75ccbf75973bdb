package org.lossbook.layer.core;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.LayerChecks;

/**
 * An equation of {@link EinsumDense} for an input of so many axes, each of which has a letter; the
 * batch's is the first.
 *
 * @param input the letters of the input's axes without the batch's
 * @param kernel those of the kernel's axes
 * @param output those of the output's axes without the batch's
 * @param written how many of the output's the equation writes out, at its end or, before an
 *     ellipsis, at its beginning
 */
record EinsumEquation(String input, String kernel, String output, int written, boolean endsElided) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\.\\.\\.)?([a-zA-Z]+)(\\.\\.\\.)?,([a-zA-Z]+)->(\\.\\.\\.)?([a-zA-Z]+)(\\.\\.\\.)?");

  /** Stands for axes that an ellipsis leaves out: no letter that an equation may have. */
  private static final char ELIDED = 'α';

  static EinsumEquation of(String equation, int... inputShape) {
    Matcher parts = FORM.matcher(equation.replace(" ", ""));
    boolean isLeft = parts.matches() && parts.group(1) != null && parts.group(5) != null;
    boolean isRight = parts.matches() && parts.group(3) != null && parts.group(7) != null;
    boolean isPlain =
        parts.matches()
            && parts.group(1) == null
            && parts.group(3) == null
            && parts.group(5) == null
            && parts.group(7) == null;
    if (!isLeft && !isRight && !isPlain || isLeft && isRight) {
      throw Messages.wrong(
          "einsumDense expects an equation ab,bc->ac, ...b,bc->...c or ab...,bc->ac... but receives"
              + " %s: its letters are the axes of the input, of the kernel and of the output.",
          equation);
    }
    int axes = inputShape.length + 1;
    String in = parts.group(2);
    int elided = axes - in.length();
    if (elided < 0 || elided > 0 && isPlain || isLeft && elided < 1) {
      throw Messages.wrong(
          "einsumDense(\"%s\") expects an input with %s axes, the batch's included, but receives %s:"
              + " write a letter for each.",
          equation,
          isPlain ? in.length() : "at least " + in.length(),
          LayerChecks.batched(inputShape));
    }
    StringBuilder others = new StringBuilder();
    for (int i = 0; i < elided; i++) {
      others.append((char) (ELIDED + i));
    }
    String out = parts.group(6);
    String allIn = isLeft ? others + in : in + others;
    String allOut = isLeft ? others + out : out + others;
    var result =
        new EinsumEquation(
            allIn.substring(1),
            parts.group(4),
            allOut.substring(1),
            isLeft ? out.length() : out.length() - 1,
            isRight);
    result.check(equation, allIn.charAt(0) == allOut.charAt(0));
    return result;
  }

  private void check(String equation, boolean keepsBatch) {
    String summed = letters(kernel, false);
    String given = letters(kernel, true);
    boolean isMatrix = kernel.equals(summed + given);
    boolean isKept =
        input.chars().allMatch(c -> kernel.indexOf(c) >= 0 ^ output.indexOf(c) >= 0)
            && output.chars().allMatch(c -> kernel.indexOf(c) >= 0 ^ input.indexOf(c) >= 0)
            && summed.chars().allMatch(c -> input.indexOf(c) >= 0);
    boolean repeats =
        input.chars().distinct().count() < input.length()
            || kernel.chars().distinct().count() < kernel.length()
            || output.chars().distinct().count() < output.length();
    if (!keepsBatch || !isMatrix || !isKept || repeats || summed.isEmpty() || given.isEmpty()) {
      throw Messages.wrong(
          "einsumDense expects an equation whose first axis is the batch's and whose kernel has the"
              + " axes that are summed and then those that are new, as ab,bc->ac, but receives %s:"
              + " Lossbook has no layer for others.",
          equation);
    }
  }

  /** Those of the letters that the output has, or has not. */
  private String letters(String of, boolean inOutput) {
    StringBuilder some = new StringBuilder();
    of.chars().filter(c -> output.indexOf(c) >= 0 == inOutput).forEach(c -> some.append((char) c));
    return some.toString();
  }

  /** The axes that are summed over, in the kernel's order. */
  String summed() {
    return letters(kernel, false);
  }

  /** The axes that are new, in the kernel's order. */
  String given() {
    return letters(kernel, true);
  }

  /** The axes that stay, in the output's order. */
  String kept() {
    StringBuilder some = new StringBuilder();
    output.chars().filter(c -> input.indexOf(c) >= 0).forEach(c -> some.append((char) c));
    return some.toString();
  }

  /** The output's shape; of the axes that it writes out, {@code extents} says the new ones. */
  int[] outputShape(String equation, int[] inputShape, int... extents) {
    if (extents.length != written) {
      throw Messages.wrong(
          "einsumDense(\"%s\") expects %d extents for its output but receives %s: write -1 for one"
              + " that the input has.",
          equation, written, Arrays.toString(extents));
    }
    int[] shape = new int[output.length()];
    int first = endsElided ? 0 : output.length() - written;
    for (int i = 0; i < shape.length; i++) {
      int from = input.indexOf(output.charAt(i));
      boolean isWritten = i >= first && i < first + written;
      int said = isWritten ? extents[i - first] : Shapes.ANY;
      shape[i] = from >= 0 ? inputShape[from] : said;
      boolean isWrong =
          from >= 0 && said != Shapes.ANY && inputShape[from] != Shapes.ANY && said != shape[i];
      if (isWrong || from < 0 && said < 1) {
        throw Messages.wrong(
            "einsumDense(\"%s\") expects %s for axis %s of its output but receives %d: give the"
                + " extents of the new axes, and -1 for the others.",
            equation,
            from >= 0 ? "the input's " + shape[i] : "an extent of 1 or more",
            output.charAt(i),
            said);
      }
    }
    return shape;
  }

  /** Where these letters stand in others. */
  static int[] places(String of, String in) {
    return of.chars().map(in::indexOf).toArray();
  }
}
