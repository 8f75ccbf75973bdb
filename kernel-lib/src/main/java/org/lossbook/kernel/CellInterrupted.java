package org.lossbook.kernel;

/** Ends a cell at an interrupt; an error, so that {@code catch (Exception e)} lets it pass. */
final class CellInterrupted extends Error {
  private static final long serialVersionUID = 1;

  CellInterrupted() {
    super("The cell was interrupted.");
  }
}
