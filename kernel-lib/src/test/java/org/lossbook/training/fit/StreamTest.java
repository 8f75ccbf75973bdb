package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.callback.History;
import org.lossbook.data.Batch;
import org.lossbook.data.Dataset;
import org.lossbook.data.Sample;
import org.lossbook.model.Model;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.Notepad;

/** Batches and samples whose number nobody knows before the last. */
class StreamTest {
  private static final Dataset POINTS = FitTest.points(30, 1);
  private static final FitOptions PLAIN = epochs(3).batchSize(8).shuffle(false).seed(1).silent();
  private static final double[] WEIGHTS =
      IntStream.range(0, 30).mapToDouble(i -> i % 4 * 0.5).toArray();

  private final Screen before = Screen.current();

  @AfterEach
  void giveTheScreenBack() {
    Screen.use(before);
  }

  private static Model compiled() {
    return sequential(input(2), dense(8).relu(), dense(3).softmax())
        .seed(3)
        .compile(adam().learningRate(0.01), sparseCategoricalCrossentropy(), accuracy());
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < POINTS.size(); i++) {
      float[] x = POINTS.x().rows(i, i + 1).toArray();
      samples.add(sample(x, POINTS.y().rows(i, i + 1).toArray()[0], WEIGHTS[i]));
    }
    return samples;
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void batchesOfADatasetComeToTheBitsOfTheDataset() {
    try (Model whole = compiled();
        Model streamed = compiled()) {
      History one = whole.fit(POINTS, PLAIN.validation(POINTS));
      History two = streamed.fit(stream(POINTS.batches(8)), PLAIN.validation(POINTS));

      assertThat(FitTest.weights(streamed)).isEqualTo(FitTest.weights(whole));
      for (String name : one.names()) {
        assertThat(two.get(name)).isEqualTo(one.get(name));
      }
      assertThat(two.epochs()).noneMatch(History.Epoch::isPartial);
      assertThat(two.epochs().get(2).allBatches()).isEqualTo(4);
      assertThat(streamed.evaluate(stream(POINTS.batches(7))).get("accuracy"))
          .isEqualTo(whole.evaluate(POINTS).get("accuracy"));
      assertThat(streamed.evaluate(stream(POINTS.batches(7))).loss())
          .isCloseTo(whole.evaluate(POINTS).loss(), within(1e-6));
    }
  }

  @Test
  void samplesAreGatheredIntoBatchesAndBringTheirWeights() {
    try (Model whole = compiled();
        Model streamed = compiled()) {
      var options = PLAIN.classWeight(Map.of(1, 2.0));
      whole.fit(POINTS, options.sampleWeight(WEIGHTS));
      streamed.fit(stream(samples()), options);

      assertThat(FitTest.weights(streamed)).isEqualTo(FitTest.weights(whole));
      assertThat(streamed.evaluate(stream(samples().stream()), batchSize(8)).figures())
          .isEqualTo(streamed.evaluate(POINTS, batchSize(8).sampleWeight(WEIGHTS)).figures());
    }
  }

  @Test
  void aGeneratorTrainsForAsManyStepsAsAnEpochIsSaidToHave() {
    var calls = new AtomicInteger();
    try (Model model = compiled()) {
      History history =
          model.fit(
              generator(
                  () -> {
                    calls.incrementAndGet();
                    return batch(matrix(row(1, 2), row(3, 4)), vector(0, 1), vector(1, 2));
                  }),
              PLAIN.stepsPerEpoch(5));

      assertThat(history.epochs()).hasSize(3).allMatch(epoch -> epoch.batches() == 5);
      assertThat(calls).hasValue(15);
    }
  }

  @Test
  void stepsGoOnWithTheBatchesThatComeNextAndBeginAnewWhereTheStreamEnds() {
    List<Integer> seen = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    Iterable<Batch> three =
        () ->
            IntStream.range(0, 3)
                .mapToObj(
                    i -> {
                      seen.add(i);
                      return batch(matrix(row(i, 1)), vector(i));
                    })
                .iterator();
    try (Model model = compiled()) {
      History history =
          model.fit(
              stream(three),
              PLAIN
                  .withEpochs(4)
                  .stepsPerEpoch(2)
                  .callbacks(onEpochEnd(run -> steps.add(run.batch()))));

      assertThat(seen).containsExactly(0, 1, 2, 0, 1, 2);
      assertThat(steps).containsExactly(2, 1, 2, 1);
      assertThat(history.notes())
          .containsExactly(
              "stepsPerEpoch: the stream ended in epoch 2 of this run, which has 1 of 2 steps");
    }
  }

  @Test
  void theDisplayCountsWithoutATotalUntilOneEpochHasEnded() {
    List<String> shown = new ArrayList<>();
    Screen.use(new Notepad(shown));
    try (Model model = compiled()) {
      model.fit(
          stream(POINTS.batches(10)),
          epochs(2).callbacks(onBatchEnd(run -> ProgressTest.untilThePictureIsDue())));
    }
    assertThat(shown.get(0)).contains("epoch 1 of 2 · batch 0 · starting");
    assertThat(shown).anyMatch(text -> text.contains("epoch 1 of 2 · batch 2 · 0 s so far"));
    assertThat(shown).anyMatch(text -> text.contains("epoch 2 of 2 · batch 2 of 3 ·"));
    assertThat(shown).anyMatch(text -> text.contains("3 of 3 · done in"));
  }

  @Test
  void anInterruptInAnEpochOfUnknownLengthKeepsWhatWasTrained() {
    try (Model model = compiled()) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      stream(POINTS.batches(10)),
                      epochs(2)
                          .silent()
                          .callbacks(onBatchEnd(run -> Thread.currentThread().interrupt()))))
          .isInstanceOf(InterruptedTraining.class)
          .hasMessageStartingWith("fit was interrupted in epoch 1 of 2 after 1 batches: ");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(model.history().epochs().get(0).isPartial()).isTrue();
      assertThat(model.history().toString()).contains("1 (1 batches)");
      assertThat(model.history().plot()).isNotNull();
    }
  }

  @Test
  void whatCannotEndOrBeginAnewIsRefusedBeforeTheFirstBatch() {
    try (Model model = compiled()) {
      refused(
          () -> model.fit(generator(() -> batch(vector(1), vector(1))), PLAIN),
          "fit expects stepsPerEpoch(…) for an endless generator but the options have"
              + " none: epochs(5).stepsPerEpoch(100) ends each epoch after 100 batches.");
      refused(
          () -> model.fit(stream(POINTS.batches(8).iterator()), PLAIN),
          "fit expects stepsPerEpoch(…) for a single-pass stream but the options have none:"
              + " say after how many batches an epoch ends, or give stream(…) a list or a function that starts over.");
      refused(
          () -> model.fit(stream(List.of()), PLAIN),
          "fit expects at least one batch but the stream has none: check how it was made.");
      refused(
          () -> model.fit(stream(POINTS.batches(15).iterator()), PLAIN.stepsPerEpoch(1)),
          "fit expects a batch for epoch 3 of this run but the stream has ended: it can be gone"
              + " through once, so give stream(…) a list or a function that starts over, or fewer"
              + " epochs.");
      assertThat(model.history().epochs()).hasSize(2);
      refused(
          () -> model.fit(stream(samples()), PLAIN.validationSplit(0.2)),
          "validationSplit expects samples whose number is known but receives a stream: give fit a"
              + " validation(…) dataset.");
      refused(
          () -> model.fit(stream(samples()), PLAIN.sampleWeight(vector(1))),
          "sampleWeight expects samples whose number is known but receives a stream: give each"
              + " batch its own, batch(x, y, weights).");
      refused(
          () -> model.evaluate(generator(() -> batch(vector(1), vector(1)))),
          "evaluate expects a finite stream but receives a generator: give stream(…) as many batches as you want to evaluate.");
    }
  }

  @Test
  void aBatchThatDoesNotFitIsAnsweredWithItsPlace() {
    try (Model model = compiled()) {
      refused(
          () ->
              model.fit(
                  stream(List.of(batch(matrix(row(1, 2)), vector(0)), batch(vector(1), vector(1)))),
                  PLAIN),
          "fit expects samples [2], as the model's input says, but receives [1]: start the model with input(1). (batch 2 of epoch 1 of this run)");
      assertThatThrownBy(
              () -> model.fit(stream(List.of(batch(matrix(row(1, 2)), vector(7)))), PLAIN))
          .hasMessageContaining("(batch 1 of epoch 1 of this run)");
      refused(
          () -> model.fit(stream(List.of("a line")), PLAIN),
          "A stream expects batches or samples but receives a String: make them with batch(x, y) or"
              + " sample(x, y). (batch 1 of epoch 1 of this run)");
      refused(
          () -> model.fit(stream(List.of(sample(vector(1, 2), 0), sample(vector(1), 0))), PLAIN),
          "A stream expects samples of one shape in a batch but receives [1] in x after [2]: pad or"
              + " cut them, or make batches of your own with batch(x, y). (batch 1 of epoch 1 of"
              + " this run)");
      Iterator<Batch> broken =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return true;
            }

            @Override
            public Batch next() {
              throw new UnsupportedOperationException("the disk is gone");
            }
          };
      assertThatThrownBy(() -> model.fit(stream(broken), epochs(1).silent()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "fit expects a stream that gives its batches but it failed with"
                  + " UnsupportedOperationException (the disk is gone) at batch 1 of epoch 1 of"
                  + " this run: the weights are kept, and model.history() holds the run so far.");
      refused(
          () -> model.fit("points", PLAIN),
          "fit expects a dataset or a stream but receives a String: dataset(x, y) makes one of"
              + " arrays, table(…) one of a table, stream(…) one of batches.");
    }
    refused(
        () -> batch(vector(1, 2), vector(1, 2), vector(1)),
        "batch expects one weight for each of the 2 samples but receives 1: give one per sample.");
    refused(
        () -> sample(vector(1), 1, -1),
        "sample expects a weight of 0 or more but receives -1.0: 1 is the normal weight.");
  }

  @Test
  void batchesAndSamplesShowTheirShapes() {
    assertThat(batch(matrix(row(1, 2)), vector(1), vector(2)))
        .hasToString("batch of 1: samples [1, 2], targets [1], with weights");
    assertThat(sample(vector(1, 2), 3)).hasToString("sample [2], target []");
    assertThat(generator(() -> sample(1, 2))).hasToString("endless stream");
  }
}
