package org.lossbook.quiz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.ScriptedPart;

/**
 * A multiple-choice question, answered in the page without a kernel: each choice is a button that
 * says at once whether it is right, and why. The choices keep the order in which they are given.
 * Words in backticks are set as code.
 *
 * <pre>{@code
 * quiz("One label in ten is wrong. Which loss would you take?")
 *     .wrong("`mse()`", "It squares the errors of the wrong labels, and they decide the fit.")
 *     .right("`huber(1)`", "Beyond 1, an error counts in proportion, and its slope stays at 1.")
 * }</pre>
 *
 * <p>Where scripts are blocked, the choices are a list and the answers are folded away below it. In
 * a terminal, {@link #answer()} gives them.
 */
public final class Quiz implements Renderable {
  private static final int MOST = 26;
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String SCRIPT = ScriptedPart.script(Quiz.class, "quiz");

  private final String question;
  private final List<Choice> choices;

  private record Choice(String words, boolean isRight, String why) {
    String verdict() {
      return isRight ? "Right." : "No.";
    }
  }

  private Quiz(String question, List<Choice> choices) {
    this.question = question;
    this.choices = List.copyOf(choices);
  }

  /**
   * A question without choices.
   *
   * @throws IllegalArgumentException where it is empty
   */
  public static Quiz of(String question) {
    return new Quiz(
        words(question, "quiz", "a question", "ask what the lesson was about"), List.of());
  }

  /**
   * Adds a choice that is right; there may be several.
   *
   * @param why what the reader sees on choosing it
   */
  public Quiz right(String choice, String why) {
    return with("right", choice, true, why);
  }

  /**
   * Adds a choice that is wrong.
   *
   * @param why what the reader sees on choosing it: the thought that leads there, and where it
   *     fails
   */
  public Quiz wrong(String choice, String why) {
    return with("wrong", choice, false, why);
  }

  private Quiz with(String call, String choice, boolean isRight, String why) {
    String words = words(choice, call, "a choice", "say what the reader may answer");
    String reason = words(why, call, "a reason behind the choice", "say why it is so");
    if (choices.stream().anyMatch(other -> other.words.equals(words))) {
      throw Messages.wrong(
          "%s expects a choice that differs from the others but receives \"%s\" again: reword one of"
              + " the two.",
          call, Markup.line(words));
    }
    if (choices.size() == MOST) {
      throw Messages.wrong(
          "%s expects at most %d choices, one for each letter, but receives another: leave the"
              + " weakest out.",
          call, MOST);
    }
    List<Choice> more = new ArrayList<>(choices);
    more.add(new Choice(words, isRight, reason));
    return new Quiz(question, more);
  }

  private static String words(String text, String call, String expected, String fix) {
    if (text == null || text.isBlank()) {
      throw Messages.wrong(
          "%s expects %s but receives %s: %s.",
          call, expected, text == null ? "null" : "a blank text", fix);
    }
    return text.strip();
  }

  /**
   * Each choice's letter, whether it is right, and why.
   *
   * @throws IllegalStateException where no choice is right, or none is wrong
   */
  public String answer() {
    return lines(complete(), choice -> choice.verdict() + " " + choice.why);
  }

  /**
   * HTML as {@code text/html}.
   *
   * @throws IllegalStateException where no choice is right, or none is wrong
   */
  @Override
  public Map<String, String> mimeBundle() {
    String still =
        Messages.of(
            "<p>%s</p>%s<details><summary>Answers</summary>%s</details>",
            html(question),
            list(complete(), choice -> "<li>" + html(choice.words)),
            list(
                choices,
                choice ->
                    Messages.of(
                        "<li%s><b>%s</b> %s",
                        choice.isRight ? " class=\"right\"" : "",
                        choice.verdict(),
                        html(choice.why))));
    String id = "lossbook-" + Integer.toHexString(still.hashCode());
    return Map.of(
        "text/html", new ScriptedPart("lossbook-quiz", id, still).html("(" + SCRIPT + ")(host);"));
  }

  private List<Choice> complete() {
    if (choices.stream().map(Choice::isRight).distinct().count() < 2) {
      boolean noneRight = choices.stream().noneMatch(Choice::isRight);
      throw new IllegalStateException(
          Messages.of(
              "quiz expects a right and a wrong choice but receives %s: add .%s(\"…\", \"because …\").",
              choices.isEmpty() ? "none" : noneRight ? "no right one" : "no wrong one",
              noneRight ? "right" : "wrong"));
    }
    return choices;
  }

  private static String list(List<Choice> choices, Function<Choice, String> item) {
    return choices.stream()
        .map(choice -> item.apply(choice) + "</li>")
        .collect(Collectors.joining("", "<ol type=\"A\">", "</ol>"));
  }

  private static String html(String text) {
    return CODE.matcher(Markup.html(text)).replaceAll("<code>$1</code>");
  }

  private static String lines(List<Choice> choices, Function<Choice, String> words) {
    return IntStream.range(0, choices.size())
        .mapToObj(i -> (char) ('A' + i) + "  " + Markup.line(words.apply(choices.get(i))))
        .collect(Collectors.joining("\n"));
  }

  /** The question and its choices, without the answers. */
  @Override
  public String toString() {
    String asked = Markup.line(question) + "\n" + lines(choices, Choice::words);
    return choices.isEmpty() ? asked.strip() : asked + "\n.answer() says which, and why.";
  }
}
