package org.lossbook.optimizer;

/**
 * How gradients are kept from being too large, before anything else is done with them.
 *
 * @param kind what is measured
 * @param limit how large it may be
 */
public record Clipping(Kind kind, double limit) {
  /** Gradients stay as they are. */
  public static final Clipping NONE = new Clipping(Kind.NONE, Double.POSITIVE_INFINITY);

  /** What is measured. */
  public enum Kind {
    /** Nothing. */
    NONE("", ""),
    /** Each number: it is cut off at the limit. */
    VALUE("clipValue", "clipvalue"),
    /** The length of each parameter's gradient: longer ones are shortened. */
    NORM("clipNorm", "clipnorm"),
    /** The length of the gradient of all parameters together. */
    GLOBAL_NORM("globalClipNorm", "global_clipnorm");

    private final String call;
    private final String kerasName;

    Kind(String call, String kerasName) {
      this.call = call;
      this.kerasName = kerasName;
    }

    /** As it is called here. */
    String call() {
      return call;
    }

    /** As Keras's settings call it. */
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
   * The lengths at work, for a flat vector of parameters of these sizes, one behind the other.
   *
   * @param sizes how many numbers each parameter has
   */
  public ClippedNorms over(int... sizes) {
    return new ClippedNorms(this, sizes);
  }
}
