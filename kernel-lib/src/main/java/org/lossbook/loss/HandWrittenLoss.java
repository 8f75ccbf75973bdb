package org.lossbook.loss;

/** What a loss that is no formula over one row computes and shows, written by hand. */
interface HandWrittenLoss {
  /** Its loops for rows of one width. */
  BatchLoops loops(int columns);

  /** The loss of sample i, \(\ell_i\), without the reduction. */
  Mathematics value();

  /** Its derivative by the places. */
  Mathematics slope();

  /** The steps from the others' distances to the loss of sample {@code i}. */
  String steps(LossInputs in, int i);

  /** What stands for the loss in a figure. */
  Loss drawn(Loss loss);

  /** What a mean is divided by, as a letter. */
  default String samples() {
    return "n";
  }

  /** What a mean is divided by, in words. */
  default String divisorSays() {
    return ", the samples";
  }

  /** What a weighted mean is divided by, as mathematics. */
  default Mathematics weights() {
    return new Mathematics("\\sum_{i=1}^{n} w_i", "Σᵢ wᵢ");
  }

  /** What a weighted mean is divided by, in words. */
  default String weightsSay() {
    return ", the sum of the weights";
  }
}
