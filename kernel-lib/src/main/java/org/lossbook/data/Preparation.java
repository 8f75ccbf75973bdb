package org.lossbook.data;

import org.lossbook.notebook.Renderable;
import tech.tablesaw.api.Table;

/**
 * How the rows of a table became numbers: which columns, how each is written, filled in and scaled.
 * It was learnt from the rows that a model trains on, and does the same to any others.
 */
public interface Preparation extends Renderable {
  /**
   * Raw rows as a model wants them. Columns are found by their names; one that is no feature may be
   * missing. The target may be missing too, as long as nobody asks for {@code y}.
   *
   * @throws IllegalArgumentException where a feature is not there, holds something else than in
   *     training, or has a value that training did not know: which column and which row
   */
  Dataset prepare(Table rows);
}
