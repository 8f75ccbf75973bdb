package org.lossbook.engine;

import java.util.List;
import org.lossbook.Internal;

/**
 * A compute engine: makes parameters and graphs.
 *
 * @hidden
 */
@Internal
public interface Engine {
  /** Allocates parameters, all zero, in the given order; names must be unique. */
  Parameters parameters(List<Parameter> parameters);

  /** The bytes still available for parameters; negative if too many are in use. */
  long freeForParameters();

  /** The bytes still available for plans. */
  long freeForPlans();

  /** An empty graph over {@code parameters}. */
  Graph graph(Parameters parameters, int batch, Mode mode);

  /** An empty graph for training, or for prediction. */
  default Graph graph(Parameters parameters, int batch, boolean training) {
    return graph(parameters, batch, training ? Mode.TRAINING : Mode.INFERENCE);
  }
}
