package org.lossbook.kernel.cell;

import org.lossbook.Internal;

/**
 * The end of a cell that ends the process, such as by {@code System.exit(0)}: its thread does not
 * come back from there.
 *
 * @hidden
 */
@Internal
public final class CellExit extends Error {
  private static final long serialVersionUID = 1;

  CellExit() {
    super("The cell ends the kernel.");
  }
}
