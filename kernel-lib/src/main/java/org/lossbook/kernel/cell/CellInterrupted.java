package org.lossbook.kernel.cell;

/** Ends a cell at an interrupt; an Error, so that {@code catch (Exception e)} does not catch it. */
final class CellInterrupted extends Error {
  private static final long serialVersionUID = 1;

  CellInterrupted() {
    super("The cell was interrupted.");
  }
}
