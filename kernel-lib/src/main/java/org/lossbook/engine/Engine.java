package org.lossbook.engine;

import java.util.List;
import org.lossbook.Internal;

/**
 * What computes: makes parameters and graphs.
 *
 * @hidden
 */
@Internal
public interface Engine {
  /** Room for {@code parameters}, all zero, in the order given; names must be unique. */
  Parameters parameters(List<Parameter> parameters);

  /** The bytes that there is room for in parameters; less than none where too many are taken. */
  long freeForParameters();

  /** The same for what plans hold beside them. */
  long freeForPlans();

  /** An empty graph over {@code parameters}. */
  Graph graph(Parameters parameters, int batch, boolean training);
}
