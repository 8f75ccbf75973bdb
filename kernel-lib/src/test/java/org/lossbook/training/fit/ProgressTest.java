package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.onBatchEnd;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.Notepad;

/** What the live display says of a run's time. */
class ProgressTest {
  private final Screen before = Screen.current();

  @AfterEach
  void giveTheScreenBack() {
    Screen.use(before);
  }

  @Test
  void theTimeLeftIsSaidOnceThereIsAPaceToTellItFrom() {
    List<String> shown = new ArrayList<>();
    Screen.use(new Notepad(shown));
    try (var model = FitTest.compiled()) {
      model.fit(
          FitTest.points(60, 1),
          epochs(2).batchSize(10).seed(1).callbacks(onBatchEnd(run -> untilThePictureIsDue())));
    }

    assertThat(shown.get(0)).contains("batch 0 of 6 · starting");
    assertThat(shown.get(1)).contains("of 6 · starting").doesNotContain("batch 0");
    assertThat(shown.get(2)).contains("s left");
    assertThat(shown).anyMatch(text -> text.contains("6 of 6 · done in"));
  }

  /** Each batch takes as long as there is from one picture to the next. */
  static void untilThePictureIsDue() {
    long due = System.nanoTime() + Progress.BETWEEN_NANOS;
    while (System.nanoTime() < due) {
      Thread.onSpinWait();
    }
  }
}
