package org.lossbook.base;

import org.lossbook.notebook.InterruptedWork;

/**
 * An interrupted call of a model. The thread stays interrupted; the model stays usable, with the
 * weights of the last completed step.
 */
public final class InterruptedTraining extends InterruptedWork {
  private static final long serialVersionUID = 1L;

  /** With a message that says what was interrupted, how far it was, and how to continue. */
  public InterruptedTraining(String message) {
    super(message);
  }
}
