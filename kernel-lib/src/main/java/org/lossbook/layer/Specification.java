package org.lossbook.layer;

import java.util.Optional;
import org.lossbook.config.Refined;

/**
 * What all layers share: a name, whether training moves them, and refinement by copies.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Specification<L extends Specification<L>> extends Refined<L>
    implements Layer {
  private String name = "";
  private boolean frozen;

  @Override
  public Optional<String> name() {
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  @Override
  public L named(String name) {
    if (name == null || name.isBlank() || name.contains("/")) {
      throw new IllegalArgumentException(
          kind() + " expects a name without a slash but receives \"" + name + "\".");
    }
    return with(copy -> setName(copy, name));
  }

  private static void setName(Specification<?> layer, String name) {
    layer.name = name;
  }

  @Override
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * The same layer with weights that training leaves as they are; a batch normalization then also
   * uses the averages it has and does not move them.
   */
  @Override
  public L frozen() {
    return trainable(false);
  }

  /** Whether training moves its weights; it does unless this says no. */
  public L trainable(boolean trainable) {
    return with(copy -> setFrozen(copy, !trainable));
  }

  private static void setFrozen(Specification<?> layer, boolean frozen) {
    layer.frozen = frozen;
  }

  /** The layer as a reader would write it. */
  @Override
  public String toString() {
    return kind() + name().map(n -> " \"" + n + "\"").orElse("");
  }
}
