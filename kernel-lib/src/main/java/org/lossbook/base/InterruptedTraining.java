package org.lossbook.base;

import org.lossbook.notebook.InterruptedWork;

/**
 * A call of a model that was interrupted. The thread stays interrupted; the model is whole, its
 * weights are those of the last step that ended.
 */
public final class InterruptedTraining extends InterruptedWork {
  private static final long serialVersionUID = 1L;

  /** With what was interrupted, how far it had come, and how to go on. */
  public InterruptedTraining(String message) {
    super(message);
  }
}
