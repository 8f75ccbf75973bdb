package org.lossbook.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lossbook.Internal;

/**
 * A part of a page that a script brings to life, in HTML that needs no network. Where scripts do
 * not run, a reader sees what the script would replace.
 *
 * @param kind its class in the page
 * @param id names it until the script has found it
 * @param still the HTML for pages without scripts
 * @hidden
 */
@Internal
public record ScriptedPart(String kind, String id, String still) {
  /**
   * The part and its script.
   *
   * @param statements JavaScript, in which {@code host} is the part's element
   */
  public String html(String statements) {
    return String.format(
        Locale.ROOT,
        """
        <div id="%s" class="%s">%s</div>
        <script>
        (() => {
        const script = document.currentScript;
        const before = script && script.previousElementSibling;
        const host = before && before.className === '%s' ? before : document.getElementById('%s');
        host.removeAttribute('id');
        %s
        })();
        </script>
        """,
        id,
        kind,
        still,
        kind,
        id,
        statements);
  }

  /**
   * A script without comments and indentation, which each output would contain.
   *
   * @param owner whose package holds it
   * @param name its file without {@code .js}
   */
  public static String script(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name + ".js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.startsWith("//"))
          .collect(Collectors.joining("\n"))
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in this jar
    }
  }
}
