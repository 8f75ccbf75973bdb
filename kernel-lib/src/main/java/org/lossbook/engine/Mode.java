package org.lossbook.engine;

/**
 * What a plan is for: how dropout and batch normalization work, and what the backward pass gives.
 */
public enum Mode {
  /** Prediction: no dropout, moving statistics, no backward pass. */
  INFERENCE(false, false),
  /** Prediction in which each recurrent layer begins with the state that the last run left. */
  CONTINUED(false, false),
  /** Training: dropout, the batch's statistics, gradients of the parameters. */
  TRAINING(true, true),
  /** The forward pass of training alone; it changes no moving statistics. */
  SAMPLING(true, false),
  /** Prediction, and the gradients of the inputs. */
  INPUT_GRADIENT(false, true),
  /** The forward pass of training, which changes no statistics, and the gradients of the inputs. */
  SAMPLED_INPUT_GRADIENT(true, true);

  private final boolean training;
  private final boolean backward;

  Mode(boolean training, boolean backward) {
    this.training = training;
    this.backward = backward;
  }

  /** Whether dropout and batch normalization work as in training. */
  public boolean isTraining() {
    return training;
  }

  /** Whether there is a backward pass. */
  public boolean hasBackward() {
    return backward;
  }

  /** Whether the backward pass ends at the inputs, and leaves the parameters out. */
  public boolean endsAtInputs() {
    return this == INPUT_GRADIENT || this == SAMPLED_INPUT_GRADIENT;
  }
}
