package org.lossbook.optimizer;

/**
 * Gradient clipping: how gradients are limited before an update.
 *
 * @param kind what is limited
 * @param limit how large it may be at most
 */
public record Clipping(Kind kind, double limit) {
  /** Gradients stay as they are. */
  public static final Clipping NONE = new Clipping(Kind.NONE, Double.POSITIVE_INFINITY);

  /** What is limited. */
  public enum Kind {
    /** Nothing. */
    NONE("", ""),
    /** Each number, which is cut off at the limit. */
    VALUE("clipValue", "clipvalue"),
    /** The norm of each parameter's gradient. */
    NORM("clipNorm", "clipnorm"),
    /** The norm of the gradient of all parameters together. */
    GLOBAL_NORM("globalClipNorm", "global_clipnorm");

    private final String call;
    private final String kerasName;

    Kind(String call, String kerasName) {
      this.call = call;
      this.kerasName = kerasName;
    }

    /** The method's name. */
    String call() {
      return call;
    }

    /** Keras's name of the setting. */
    public String kerasName() {
      return kerasName;
    }
  }

  /** Whether all gradients must be seen before the first can be used. */
  boolean isByNorm() {
    return kind == Kind.NORM || kind == Kind.GLOBAL_NORM;
  }

  /** The limit of each number; infinite where there is none. */
  float limitOfValues() {
    return kind == Kind.VALUE ? (float) limit : Float.POSITIVE_INFINITY;
  }

  /**
   * The clipping by norm of a flat vector of parameters with these sizes, in order.
   *
   * @param sizes how many numbers each parameter has
   */
  public ClippedNorms over(int... sizes) {
    return new ClippedNorms(this, sizes);
  }
}
