package org.lossbook.engine.onednn.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.RowGradient;

/**
 * The tables that a plan's backward pass gives gradients by rows.
 *
 * @hidden
 */
@Internal
public final class TableGradients {
  private final GradientVector gradients;
  private final List<Step> backward;
  private final Map<Parameters.Slot, Lookups> all = new LinkedHashMap<>();

  /** The lookups of one table. */
  private static final class Lookups {
    private final RowGradient rows;
    private int positions;
    private boolean byRows = true;

    Lookups(RowGradient rows) {
      this.rows = rows;
    }
  }

  TableGradients(GradientVector gradients, List<Step> backward) {
    this.gradients = gradients;
    this.backward = backward;
  }

  /**
   * Where a lookup adds its gradients of a table, which the backward pass has begun before.
   *
   * @param positions how many rows it looks up
   * @param sparse whether the table's gradient may be that of its rows alone
   */
  public RowGradient rows(Parameters.Slot table, int positions, boolean sparse) {
    Lookups lookups = all.computeIfAbsent(table, this::begun);
    lookups.positions = (int) Math.min(Integer.MAX_VALUE, (long) lookups.positions + positions);
    lookups.byRows &= sparse;
    lookups.rows.reserve(lookups.positions);
    return lookups.rows;
  }

  private Lookups begun(Parameters.Slot table) {
    var lookups = new Lookups(gradients.rows(table));
    backward.add(stream -> gradients.begin(lookups.rows, lookups.byRows));
    return lookups;
  }

  /**
   * Adds the last steps of the backward pass.
   *
   * @param written the parameters that other operations give gradients too
   */
  void finish(Set<Parameters.Slot> written) {
    all.forEach(
        (table, lookups) -> {
          if (written.contains(table)) {
            lookups.byRows = false;
            backward.add(stream -> gradients.add(lookups.rows));
          } else if (!lookups.byRows) {
            backward.add(stream -> gradients.spread(lookups.rows));
          }
        });
  }
}
