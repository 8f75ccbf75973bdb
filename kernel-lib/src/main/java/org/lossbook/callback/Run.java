package org.lossbook.callback;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lossbook.data.FilePath;
import org.lossbook.metric.Direction;
import org.lossbook.plot.LearningCurves;

/**
 * A run of {@code fit}, as its {@linkplain Callback callbacks} see it: its progress, figures,
 * learning rate and weights, and a way to stop it. It is displayed as a line, {@code epoch 3 of 50:
 * loss 0.2114, val_loss 0.2310}.
 */
public interface Run {
  /** The learning rate's name among the figures. */
  String LEARNING_RATE = LearningCurves.LEARNING_RATE;

  /** The current epoch, counted from 1; 0 before the first. */
  int epoch();

  /** The number of epochs of the run, unless it is stopped. */
  int epochs();

  /** The number of batches of this epoch so far. */
  int batch();

  /** The number of batches of this epoch; 0 where it is unknown before the epoch ends. */
  int batches();

  /**
   * The names of the figures that a whole epoch of this run has: {@code loss}, {@code val_loss} and
   * so on, {@code learning_rate} last.
   */
  List<String> names();

  /**
   * What was measured in this epoch, by name: after a batch over the samples so far, after an epoch
   * over all of them and with the figures of validation. Empty before the first batch. The history
   * omits {@code learning_rate} if it never changed.
   */
  Map<String, Double> figures();

  /**
   * One of the {@link #figures()}.
   *
   * @throws IllegalArgumentException where there is none of that name: lists the names
   */
  double figure(String name);

  /** The direction of improvement of a figure. */
  Direction direction(String name);

  /** The current learning rate. */
  double learningRate();

  /**
   * Sets the learning rate from here on, also where the optimizer has a schedule.
   *
   * @throws IllegalArgumentException where it is not above 0, or not finite
   */
  void learningRate(double rate);

  /** A copy of the current weights and learned settings of the loss. */
  Snapshot snapshot();

  /**
   * Restores weights; the optimizer's state stays. After the run's end the {@link #figures()} are
   * then those that were measured with these weights.
   */
  void restore(Snapshot snapshot);

  /**
   * Saves the current model to a file, like {@code model.save(file)}, or only its weights if the
   * name ends in {@code .weights.h5}.
   */
  void save(String file);

  /** The same with a {@code Path}. */
  default void save(Path file) {
    save(FilePath.text("save", file));
  }

  /**
   * Ends the run after this call; an epoch that is stopped early is not validated. The history and
   * the display say which callback did it and why.
   *
   * @param reason a sentence without its full stop: {@code val_loss has not improved since epoch 7}
   */
  void stop(String reason);

  /** Adds a line to the notes in the history and the display. */
  void note(String text);

  /** A copy of a model's weights, for the run that it was taken from. */
  interface Snapshot {}
}
