package org.lossbook.loss.check;

import java.util.Locale;
import org.lossbook.Internal;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;

/**
 * What a model ends in: what is known of its numbers, and in what words to speak of it.
 *
 * @param bounds of the numbers, from all layers that they went through
 * @param outputs numbers along the last axis of a prediction
 * @param remedy names what is there, and what may be changed
 * @hidden
 */
@Internal
public record OutputActivation(Bounds bounds, int outputs, Remedy remedy) {
  /**
   * How a function is asked for.
   *
   * @hidden
   */
  @Internal
  public enum Said {
    /** By a call on a layer: {@code dense(10).softmax()}. */
    CALL,
    /** By a layer of its own: {@code activation("softmax")}. */
    LAYER,
    /** Not at all, the layer being one that takes no function. */
    NOWHERE
  }

  /**
   * A row of numbers from a last layer with that function.
   *
   * @param activation Keras's name
   */
  public OutputActivation(String activation, int outputs, Said said) {
    this(
        new Activation(Activation.Kind.valueOf(activation.toUpperCase(Locale.ROOT)), 1),
        outputs,
        said);
  }

  /** A row of numbers from a last layer with that function. */
  public OutputActivation(Activation activation, int outputs, Said said) {
    this(activation.kerasName(), activation.bounds(Bounds.NONE, outputs), outputs, said);
  }

  private OutputActivation(String activation, Bounds bounds, int outputs, Said said) {
    this(bounds, outputs, new Remedy.OfLastLayer(new Place(activation, said, ""), bounds));
  }
}
