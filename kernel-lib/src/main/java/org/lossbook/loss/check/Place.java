package org.lossbook.loss.check;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lossbook.Internal;

/**
 * Where functions stand in a model, as its author wrote them, so that advice names the calls that
 * are there.
 *
 * @param activation Keras's name of the function
 * @param said how it was asked for
 * @param where the layers that have it, {@code dense and dense_1}, or of a layer of its own the one
 *     behind it; empty for the model's last layer
 * @hidden
 */
@Internal
public record Place(String activation, OutputActivation.Said said, String where) {
  private static final Pattern NEXT_WORD = Pattern.compile("_(\\w)");

  /** What a model ends in. */
  public String described() {
    if (where.isEmpty()) {
      return activation;
    }
    return switch (said) {
      case CALL ->
          activation.equals("linear")
              ? where + " without a function"
              : "the " + activation + " of " + where;
      case LAYER -> "the " + activation + " before " + where;
      case NOWHERE -> where;
    };
  }

  /** Advice to leave the function away. */
  public String drop() {
    if (said == OutputActivation.Said.LAYER) {
      return "drop " + layer(activation) + (where.isEmpty() ? ", the last layer" : before());
    }
    return "drop " + call(activation) + " from " + (where.isEmpty() ? "the last layer" : where);
  }

  /** Advice to have another function, or one at all. */
  public String take(String wanted) {
    return switch (said) {
      case CALL ->
          activation.equals("linear")
              ? "add " + call(wanted) + " to " + (where.isEmpty() ? "the last layer" : where)
              : "put "
                  + call(wanted)
                  + " instead of "
                  + call(activation)
                  + (where.isEmpty() ? "" : " in " + where);
      case LAYER -> "put " + layer(wanted) + " instead of " + layer(activation) + before();
      case NOWHERE -> "add " + layer(wanted) + " as the last layer";
    };
  }

  private String before() {
    return where.isEmpty() ? "" : " before " + where;
  }

  /** A call of Java is written {@code leakyRelu} where Keras's name is {@code leaky_relu}. */
  private static String call(String name) {
    Matcher words = NEXT_WORD.matcher(name);
    return "." + words.replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT)) + "()";
  }

  /** A function as a layer of its own. */
  public static String layer(String name) {
    return "activation(\"" + name + "\")";
  }
}
