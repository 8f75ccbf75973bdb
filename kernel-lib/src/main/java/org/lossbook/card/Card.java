package org.lossbook.card;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.layer.Layer;
import org.lossbook.loss.adversarial.AdversarialPair;
import org.lossbook.metric.Metric;
import org.lossbook.notebook.DarkPage;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.Optimizer;

/**
 * A card: the question that a loss, a metric, an optimizer, an activation or a layer answers, its
 * formula and derivative, the steps with numbers, its curve and explorer, when to use it and when
 * not, and where it comes from. It is made from the formula and the Javadoc.
 *
 * <pre>{@code
 * card(mse())
 * card(huber().delta(2)).question()   // How wrong is a number, when a few measurements are wild?
 * }</pre>
 */
public final class Card implements Renderable {
  static final String QUESTION = "The question";
  static final String USE = "When to use it";
  static final String AVOID = "When not to";
  static final String SOURCE = "Source";

  private final String title;
  private final List<Section> sections;

  Card(String title, List<Section> sections) {
    this.title = title;
    this.sections = List.copyOf(sections);
  }

  /** The card of a metric, such as a loss. */
  public static Card card(Metric metric) {
    return CardMaker.ofMetric(metric);
  }

  /** The card of an optimizer. */
  public static Card card(Optimizer optimizer) {
    return CardMaker.ofOptimizer(optimizer);
  }

  /** The card of a layer, such as an activation. */
  public static Card card(Layer layer) {
    return CardMaker.ofLayer(layer);
  }

  /** The card of an adversarial game. */
  public static Card card(AdversarialPair pair) {
    return CardMaker.ofPair(pair);
  }

  /** What it is called. */
  public String title() {
    return title;
  }

  /** The question that it answers; empty where it is a reader's own. */
  public String question() {
    return text(QUESTION);
  }

  /** When to use it; empty where it is a reader's own. */
  public String use() {
    return text(USE);
  }

  /** When not to use it; empty where it is a reader's own. */
  public String avoid() {
    return text(AVOID);
  }

  /** Who described it, where and when; empty where it is a reader's own. */
  public String source() {
    return text(SOURCE);
  }

  /** The headings, in order. */
  public List<String> headings() {
    return sections.stream().map(Section::title).filter(name -> !name.isEmpty()).toList();
  }

  private String text(String heading) {
    return sections.stream()
        .filter(section -> section.title().equals(heading))
        .map(Section::text)
        .findFirst()
        .orElse("");
  }

  /**
   * The card as HTML, without a style of its own.
   *
   * @hidden
   */
  @Internal
  public String html() {
    return "<article class=\"lossbook-card\"><h2>"
        + Markup.html(title)
        + "</h2>"
        + sections.stream().map(Section::asHtml).collect(Collectors.joining("\n"))
        + "</article>";
  }

  /**
   * How cards look, as CSS.
   *
   * @hidden
   */
  @Internal
  public static String css() {
    try (InputStream in = Card.class.getResourceAsStream("card.css")) {
      return new String(
          Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in this jar
    }
  }

  @Override
  public Map<String, String> mimeBundle() {
    return Map.of(
        "text/html",
        "<style>" + css() + DarkPage.rule(".lossbook-card", DarkPage.TURNED) + "</style>" + html());
  }

  /** The same for a terminal, without pictures. */
  @Override
  public String toString() {
    return Stream.concat(
            Stream.of(title),
            sections.stream().filter(part -> !part.text().isEmpty()).map(Section::asText))
        .collect(Collectors.joining("\n\n"));
  }
}
