package org.lossbook.card;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.notebook.Markup;

/**
 * Writes all cards as pages that need no network, and an index of them.
 *
 * @hidden
 */
@Internal
public final class CardPages {
  private static final String CSS =
      """
      :root { color-scheme: light; }
      body { margin: 0 auto; padding: 16px; max-width: 680px; background: #f4f4f0; color: #1a1a1a; font: 16px/1.5 system-ui, sans-serif; }
      nav { padding: 0 0 12px; } a { color: #0b5c8f; }
      h1 { font-size: 28px; margin: 8px 0; }
      dl { margin: 0; } dt { font-weight: 600; margin-top: 10px; } dd { margin: 0; }
      @media (prefers-color-scheme: dark) { html { background: #f4f4f0; filter: invert(.93) hue-rotate(180deg); } }
      """;

  private CardPages() {}

  /**
   * Writes a page for the card of each factory, in a folder for each group, and {@code index.html}.
   *
   * @return how many cards there are
   */
  public static int write(Class<?> factories, Path folder) throws IOException {
    Map<String, List<Card>> groups = new Factories(factories).cards();
    int count = 0;
    for (Map.Entry<String, List<Card>> group : groups.entrySet()) {
      Path pages = Files.createDirectories(folder.resolve(folderOf(group.getKey())));
      for (Card card : group.getValue()) {
        String back =
            "<nav><a href=\"../index.html\">All cards</a> · "
                + Markup.html(group.getKey())
                + "</nav>";
        write(pages.resolve(card.title() + ".html"), page(card.title(), back + card.html()));
        count++;
      }
    }
    write(folder.resolve("index.html"), page("Lossbook cards", index(groups)));
    return count;
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static String folderOf(String group) {
    return group.toLowerCase(Locale.ROOT);
  }

  private static String index(Map<String, List<Card>> groups) {
    String contents =
        groups.keySet().stream()
            .map(group -> Messages.of("<a href=\"#%s\">%s</a>", folderOf(group), group))
            .collect(Collectors.joining(" · "));
    return "<h1>Lossbook cards</h1><nav>"
        + contents
        + "</nav>"
        + groups.entrySet().stream()
            .map(group -> group(group.getKey(), group.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String group(String name, List<Card> cards) {
    String folder = folderOf(name);
    return Messages.of("<h2 id=\"%s\">%s</h2><dl>", folder, Markup.html(name))
        + cards.stream()
            .map(
                card ->
                    Messages.of(
                        "<dt><a href=\"%s/%s.html\">%s</a></dt><dd>%s</dd>",
                        folder,
                        Markup.attribute(card.title()),
                        Markup.html(card.title()),
                        Markup.html(card.question())))
            .collect(Collectors.joining("\n"))
        + "</dl>";
  }

  private static String page(String title, String body) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
        + Markup.html(title)
        + "</title><style>\n"
        + CSS
        + Card.css()
        + "</style></head><body><main>"
        + body
        + "</main></body></html>\n";
  }
}
