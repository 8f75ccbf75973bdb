package org.lossbook.training.fit;

import org.lossbook.base.Messages;
import org.lossbook.data.DataStream;
import org.lossbook.data.Dataset;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;

/** Checks the options and the data of fit before the first step. */
final class FitChecks {
  private final CompiledModel compiled;
  private final DataChecks checks;

  FitChecks(CompiledModel compiled) {
    this.compiled = compiled;
    checks = new DataChecks(compiled);
  }

  /** Checks that there is one weight per sample, and that weighted classes exist. */
  void weights(Dataset data, FitOptions options) {
    checks.weights("sampleWeight", data, options.sampleWeight());
    options
        .validation()
        .ifPresent(held -> checks.weights("validation", held, options.validationWeights()));
    classWeights(options);
  }

  private void classWeights(FitOptions options) {
    OutputHead first = compiled.heads().get(0);
    if (compiled.heads().size() > 1 && !options.classWeight().isEmpty()) {
      throw Messages.wrong(
          "classWeight expects a model of one output but this one has %d: give the loss that they"
              + " are meant for its own, categoricalCrossentropy().classWeight(…).",
          compiled.heads().size());
    }
    new TrainingLoss(first.loss()).checkClassWeights(options.classWeight(), first.width());
  }

  /**
   * Checks that the options suit a stream, whose length is unknown and whose batches come later.
   */
  void stream(DataStream data, FitOptions options) {
    if (options.validationSplit() > 0) {
      throw Messages.wrong(
          "validationSplit expects samples whose number is known but receives a stream: give fit a"
              + " validation(…) dataset.");
    }
    if (options.sampleWeight().isPresent()) {
      throw Messages.wrong(
          "sampleWeight expects samples whose number is known but receives a stream: give each"
              + " batch its own, batch(x, y, weights).");
    }
    boolean isOneEpoch = options.epochs() - options.initialEpoch() <= 1;
    if (options.stepsPerEpoch().isEmpty() && (data.isEndless() || data.isOnce() && !isOneEpoch)) {
      throw Messages.wrong(
          "fit expects stepsPerEpoch(…) for %s but the options have none: %s.",
          data.isEndless() ? "an endless generator" : "a single-pass stream",
          data.isEndless()
              ? "epochs(5).stepsPerEpoch(100) ends each epoch after 100 batches"
              : "say after how many batches an epoch ends, or give stream(…) a list or a function"
                  + " that starts over");
    }
    classWeights(options);
    if (options.validation().isPresent()) {
      checks.dataset("validation", options.validation().get());
      checks.weights("validation", options.validation().get(), options.validationWeights());
    }
  }

  /** Checks that a split leaves samples on both sides, and is the only validation. */
  void split(int samples, int kept, FitOptions options) {
    if (options.validation().isPresent()) {
      throw Messages.wrong(
          "fit expects only one kind of validation but receives validation(…) and validationSplit(%s):"
              + " drop one of them.",
          options.validationSplit());
    }
    if (kept == 0 || kept == samples) {
      throw Messages.wrong(
          "validationSplit expects samples for both sides but %s of %,d leaves %,d to train on and"
              + " %,d to validate: choose another fraction or more samples.",
          options.validationSplit(), samples, kept, samples - kept);
    }
  }
}
