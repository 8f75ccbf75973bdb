package org.lossbook.layer;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.config.Require;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;

/**
 * The base class of layers around another one, whose weights are those of that one, with its
 * regularizers and constraints.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 * @hidden
 */
@Internal
public abstract class Wrapper<L extends Wrapper<L>> extends BaseLayer<L> {
  protected final Layer layer;

  /**
   * @param fix how to write it
   */
  protected Wrapper(Layer layer, String fix) {
    this.layer = Require.given(layer, kind(), "a layer", fix);
  }

  /** The layer that it is around. */
  public final Layer layer() {
    return layer;
  }

  @Override
  public final Regularizer penalty(String parameter) {
    return layer.penalty(parameter);
  }

  @Override
  public final Optional<Constraint> constraint(String parameter) {
    return layer.constraint(parameter);
  }

  @Override
  public final String toString() {
    return kind() + "(" + layer + ")";
  }
}
