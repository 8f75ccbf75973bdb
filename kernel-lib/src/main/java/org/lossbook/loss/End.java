package org.lossbook.loss;

/**
 * What a model ends in, as its author wrote it, so that advice names the calls that are there.
 *
 * @param activation Keras's name of the last function
 * @param outputs numbers in a prediction
 * @param said how the function was asked for
 */
public record End(String activation, int outputs, Said said) {
  /** How a function at a model's end is asked for. */
  public enum Said {
    /** By a call on the last layer: {@code dense(10).softmax()}. */
    CALL,
    /** By a layer of its own: {@code activation("softmax")}. */
    LAYER,
    /** Not at all, the last layer being one that takes no function. */
    NOWHERE
  }

  boolean isProbability() {
    return activation.equals("sigmoid") || activation.equals("softmax");
  }

  boolean isNeverNegative() {
    return isProbability() || activation.equals("relu") || activation.equals("softplus");
  }

  /** Advice to leave the function away. */
  String drop() {
    return said == Said.LAYER
        ? "drop " + layer(activation) + ", the last layer"
        : "drop " + call(activation) + " from the last layer";
  }

  /** Advice to have another function, or one at all. */
  String take(String wanted) {
    return switch (said) {
      case CALL ->
          activation.equals("linear")
              ? "add " + call(wanted) + " to the last layer"
              : "put " + call(wanted) + " in place of " + call(activation);
      case LAYER -> "put " + layer(wanted) + " in place of " + layer(activation);
      case NOWHERE -> "add " + layer(wanted) + " as the last layer";
    };
  }

  /** A call of Java is written {@code leakyRelu} where Keras's name is {@code leaky_relu}. */
  private static String call(String name) {
    return "." + (name.equals("leaky_relu") ? "leakyRelu" : name) + "()";
  }

  private static String layer(String name) {
    return "activation(\"" + name + "\")";
  }
}
