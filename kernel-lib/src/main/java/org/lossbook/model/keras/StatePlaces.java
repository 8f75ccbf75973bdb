package org.lossbook.model.keras;

import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.io.HdfReader;

/**
 * The paths and the order of the optimizer's state in a file.
 *
 * @param arrays the step, then the learning rate if the file has it, then the state vectors
 * @param form the version whose order it is
 */
record StatePlaces(List<String> arrays, Form form) {
  static final String ZIPPED = "optimizer/vars";

  /** In mixed precision it is wrapped by an optimizer that scales the loss. */
  private static final String SCALED = "optimizer/inner_optimizer/vars";

  private static final String WHOLE = "optimizer_weights";

  /** The version of Keras that wrote the state. */
  enum Form {
    /** Keras 3: with the learning rate. */
    NOW,
    /** Keras 2.11 to 2.15: without. */
    WITHOUT_RATE,
    /** Keras up to 2.10: without, and vector by vector instead of weight by weight. */
    BY_VECTOR
  }

  /**
   * Finds the state in a file.
   *
   * @param isKeras2 whether Keras 2 wrote it
   */
  static StatePlaces of(HdfReader file, boolean isKeras2) {
    Form form = isKeras2 ? Form.WITHOUT_RATE : Form.NOW;
    List<String> names = file.texts(WHOLE, "weight_names").orElse(List.of());
    if (names.isEmpty()) {
      String vars = file.has(SCALED) ? SCALED : ZIPPED;
      int count = file.names(vars).size();
      return new StatePlaces(
          IntStream.range(0, count).mapToObj(i -> vars + "/" + i).toList(), form);
    }
    // The step is "iteration:0" since Keras 2.11, and was "Adam/iter:0".
    boolean isEarly = isKeras2 && !names.get(0).matches("(.*/)?iteration(:0)?");
    return new StatePlaces(
        names.stream().map(name -> WHOLE + "/" + name).toList(), isEarly ? Form.BY_VECTOR : form);
  }

  /**
   * Whether the file may have more than is needed: some optimizers of Keras 2 kept vectors of
   * zeros.
   */
  boolean isKeras2() {
    return form != Form.NOW;
  }
}
