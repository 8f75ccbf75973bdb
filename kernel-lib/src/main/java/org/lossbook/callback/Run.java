package org.lossbook.callback;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lossbook.data.FilePath;
import org.lossbook.metric.Direction;

/**
 * One run of {@code fit}, as its {@linkplain Callback callbacks} see it: where it is, what was
 * measured so far, the learning rate, the weights as a whole, and a way to stop. It shows as a
 * line, {@code epoch 3 of 50: loss 0.2114, val_loss 0.2310}.
 */
public interface Run {
  /** The learning rate's name among the figures. */
  String LEARNING_RATE = "learning_rate";

  /** The epoch at work, counted from 1; 0 before the first. */
  int epoch();

  /** How many epochs the run will have, unless it is stopped. */
  int epochs();

  /** The batches of this epoch that are done. */
  int batch();

  /** How many batches this epoch has; 0 where the data does not say before its end. */
  int batches();

  /**
   * The names of the figures that a whole epoch of this run has: {@code loss}, {@code val_loss} and
   * so on, {@code learning_rate} last.
   */
  List<String> names();

  /**
   * What was measured in this epoch, by name: after a batch over the samples so far, after an epoch
   * over all of them and with the validation's figures. Empty before its first batch. The history
   * leaves {@code learning_rate} out where it did not move.
   */
  Map<String, Double> figures();

  /**
   * One of the {@link #figures()}.
   *
   * @throws IllegalArgumentException where there is none of that name: says which there are
   */
  double figure(String name);

  /** Which way a figure of that name goes as the model gets better. */
  Direction direction(String name);

  /** The size of the optimizer's steps now. */
  double learningRate();

  /**
   * Sets the size of the steps from here on, also of those that an optimizer has a plan for.
   *
   * @throws IllegalArgumentException where it is not above 0, or not finite
   */
  void learningRate(double rate);

  /** A copy of the weights, and of what the loss has learned, as they are now. */
  Snapshot snapshot();

  /**
   * Puts the weights back to how they were; what the optimizer remembers stays. After the run's end
   * the {@link #figures()} are then those that were measured of these weights.
   */
  void restore(Snapshot snapshot);

  /**
   * Writes the model, as it is now, to a file: {@code model.save(file)}; where the name ends in
   * {@code .weights.h5} the weights alone.
   */
  void save(String file);

  /** The same by Java's own path. */
  default void save(Path file) {
    save(FilePath.text("save", file));
  }

  /**
   * Ends the run after this call; an epoch that is stopped half-way is not validated. The history
   * and the display say who did and why.
   *
   * @param reason a sentence without its end: {@code val_loss has not improved since epoch 7}
   */
  void stop(String reason);

  /** Adds a line to what the history and the display say of the run. */
  void note(String text);

  /** A model's weights at one moment, to be given back to the run that they are from. */
  interface Snapshot {}
}
