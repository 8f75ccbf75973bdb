package org.lossbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.attentionMap;

import org.junit.jupiter.api.Test;
import org.lossbook.data.Values;

class AttentionMapTest {
  private static final Values TWO_HEADS =
      Values.of(new double[] {1, 0, 0.25, 0.75, 0.5, 0.5, 0.1, 0.9}, 1, 2, 2, 2);

  @Test
  void itSaysWhoLooksAtWhomInEachHead() {
    assertThat(attentionMap(TWO_HEADS, "the cat").toString())
        .isEqualTo(
            """
            head 1: the looks most at the, 1.00
            head 1: cat looks most at cat, 0.75
            head 2: the looks most at the, 0.50
            head 2: cat looks most at cat, 0.90""");
  }

  @Test
  void itsPictureAndItsExplorerNameTheWords() {
    var map = attentionMap(Values.of(new double[] {0.2, 0.8, 0}, 1, 3), "chat", "the cat sat");
    assertThat(map.plot().toString())
        .isEqualTo(
            """
            Head 1: who looks at whom: a grid of 1 words that look and 3 that are looked at; darker is more.
            chat: the 0.20 cat 0.80 sat 0.00""");
    var page = map.explore().mimeBundle();
    assertThat(page).containsOnlyKeys("text/html", "image/png");
    assertThat(page.get("text/html").contains("\"keys\": [\"the\",\"cat\",\"sat\"]")).isTrue();
    assertThat(page.get("text/html").contains("[[[0.2,0.8,0.0]]]")).isTrue();
  }

  @Test
  void wordsThatAreNotAsManyAsTheStepsAreRefused() {
    assertThatThrownBy(() -> attentionMap(TWO_HEADS, "the cat sat"))
        .hasMessage(
            "attentionMap expects the scores of one sample, [heads, 3, 3] for these words, but receives [1, 2, 2, 2]: write attentionMap(scores, \"the cat sat\"), with a word for each step.");
    assertThatThrownBy(() -> attentionMap(TWO_HEADS, " "))
        .hasMessageStartingWith("attentionMap expects words but receives an empty text: ");
  }

  @Test
  void aHeadThatIsNotThereAndScoresThatAreNoSharesAreRefused() {
    assertThatThrownBy(() -> attentionMap(TWO_HEADS, "the cat").plot(3))
        .hasMessage("plot expects a head from 1 to 2 but receives 3: write plot(1).");
    assertThatThrownBy(() -> attentionMap(Values.of(new double[] {-2}, 1, 1), "the"))
        .hasMessageStartingWith(
            "attentionMap expects scores between 0 and 1, behind softmax, but receives -2.0");
  }
}
