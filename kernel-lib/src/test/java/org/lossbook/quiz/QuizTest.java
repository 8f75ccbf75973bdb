package org.lossbook.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.quiz;
import static org.lossbook.Lossbook.vector;

import org.junit.jupiter.api.Test;

class QuizTest {
  private static final Quiz EXAMPLE =
      quiz("One label in ten is wrong. Which loss would you take?")
          .wrong("`mse()`", "It squares the errors of the wrong labels, and they decide the fit.")
          .right(
              "`huber(1)`", "Beyond 1, an error counts in proportion, and its slope stays at 1.");

  @Test
  void theExampleIsTrue() {
    assertThat(huber(1).gradient(vector(0), vector(50))).containsExactly(1);
  }

  @Test
  void theTextAsksAndDoesNotTell() {
    assertThat(EXAMPLE)
        .hasToString(
            """
            One label in ten is wrong. Which loss would you take?
            A  `mse()`
            B  `huber(1)`
            .answer() says which, and why.""");
  }

  @Test
  void theAnswerSaysWhichIsRightAndWhy() {
    assertThat(EXAMPLE.answer())
        .isEqualTo(
            """
            A  No. It squares the errors of the wrong labels, and they decide the fit.
            B  Right. Beyond 1, an error counts in proportion, and its slope stays at 1.""");
  }

  @Test
  void thePageWithoutScriptsHasTheChoicesAndFoldsTheAnswersAway() {
    assertThat(html(EXAMPLE))
        .containsSubsequence(
            "<p>One label in ten is wrong. Which loss would you take?</p>",
            "<ol type=\"A\"><li><code>mse()</code></li><li><code>huber(1)</code></li></ol>",
            "<details><summary>Answers</summary>",
            "<li><b>No.</b> It squares",
            "<li class=\"right\"><b>Right.</b> Beyond 1",
            "</details></div>");
  }

  @Test
  void wordsAreWordsAndNoMarkup() {
    Quiz quiz =
        quiz("Is `a<b` & c?").right("<img src=x>", "`a<b` is \"code\"").wrong("no", "$1 \\");
    assertThat(html(quiz))
        .contains("<p>Is <code>a&lt;b</code> &amp; c?</p>", "<li>&lt;img src=x&gt;</li>", "$1 \\");
    assertThat(quiz("one\ntwo").right("a\u202eb", "c")).asString().startsWith("one two\nA  a b");
  }

  @Test
  void theOrderIsThatOfTheCallsAndTheSameEachTime() {
    assertThat(html(EXAMPLE)).isEqualTo(html(EXAMPLE));
  }

  @Test
  void aChoiceMakesANewQuiz() {
    Quiz asked = quiz("Why?");
    asked.right("yes", "so");
    assertThat(asked).hasToString("Why?");
  }

  @Test
  void whatHasNoRightOrNoWrongChoiceIsNoQuizYet() {
    assertThatThrownBy(quiz("Why?")::mimeBundle)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "quiz expects a right and a wrong choice but receives none: add .right(\"…\","
                + " \"because …\").");
    assertThatThrownBy(quiz("Why?").wrong("a", "b")::answer)
        .hasMessageContaining("receives no right one: add .right(");
    assertThatThrownBy(quiz("Why?").right("a", "b").right("c", "d")::mimeBundle)
        .hasMessageContaining("receives no wrong one: add .wrong(");
  }

  @Test
  void blankWordsAndChoicesGivenTwiceAreRefused() {
    assertThatThrownBy(() -> quiz(" "))
        .hasMessage(
            "quiz expects a question but receives a blank text: ask what the lesson was about.");
    assertThatThrownBy(() -> quiz("Why?").wrong("a", null))
        .hasMessage(
            "wrong expects a reason behind the choice but receives null: say why it is so.");
    assertThatThrownBy(() -> quiz("Why?").wrong("a", "b").right("a ", "c"))
        .hasMessage(
            "right expects a choice that differs from the others but receives \"a\" again: reword"
                + " one of the two.");
    Quiz all = quiz("Which letter?");
    for (char c = 'a'; c <= 'z'; c++) {
      all = all.wrong(String.valueOf(c), "not this one");
    }
    Quiz full = all;
    assertThatThrownBy(() -> full.right("0", "a digit"))
        .hasMessage(
            "right expects at most 26 choices, one for each letter, but receives another: leave the"
                + " weakest out.");
  }

  private static String html(Quiz quiz) {
    return quiz.mimeBundle().get("text/html");
  }
}
