package org.lossbook.data;

import org.lossbook.notebook.Renderable;
import tech.tablesaw.api.Table;

/**
 * Preprocessing fitted to a table: which columns become features, and how each is encoded, imputed
 * and scaled. It is fitted on the training rows and applied unchanged to any others.
 */
public interface Preparation extends Renderable {
  /**
   * Applies the preprocessing to raw rows. Columns are found by name; a column that is not a
   * feature may be missing. The target may be missing too, unless {@code y} is needed.
   *
   * @throws IllegalArgumentException if a feature is missing, holds another type than in training,
   *     or has a value unknown in training; the message names the column and row
   */
  Dataset prepare(Table rows);
}
