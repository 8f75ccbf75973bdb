package org.lossbook.plot.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.notebook.InlineImage;
import org.lossbook.plot.Figure;
import org.lossbook.plot.canvas.Role;

/**
 * Writes an explorer's HTML: a still picture, a line that says how to wake it, and the scripts. The
 * same data give the same HTML, so that the output of a rerun is identical.
 *
 * @hidden
 */
@Internal
public final class Shell {
  private static final List<Role> ROLES =
      List.of(
          Role.LOSS,
          Role.GRADIENT,
          Role.PREDICTION,
          Role.TRUTH,
          Role.TRAINING,
          Role.VALIDATION,
          Role.GUESSING);
  private static final int COMPARED = 7;
  private static final String KIT = script("kit");

  private Shell() {}

  /**
   * What a cell shows of an explorer.
   *
   * @param script the name of its file beside {@code kit.js}, such as {@code "loss"}
   * @param data what the script is given as {@code it}
   * @param still for pages without scripts
   */
  public static Map<String, String> mimeBundle(String script, Data data, Figure still) {
    String id = "lossbook-" + Integer.toHexString((script + data).hashCode());
    String html =
        Messages.of(
            """
            <div id="%s" class="lossbook-explorer">%s\
            <p>To move it, run this cell, or trust this notebook: View → Activate Command Palette → Trust Notebook.</p></div>
            <script>
            (() => {
            const script = document.currentScript;
            const before = script && script.previousElementSibling;
            const host = before && before.className === 'lossbook-explorer' ? before : document.getElementById('%s');
            host.removeAttribute('id');
            const kit = (%s)(host, %s);
            (%s)(host, %s, kit);
            })();
            </script>
            """,
            id,
            new InlineImage(still.width(), still.height(), still.alt()).png(still.png()),
            id,
            KIT,
            colours(),
            script(script),
            data);
    return Map.of("text/html", html, "image/png", still.mimeBundle().get("image/png"));
  }

  private static Data colours() {
    Map<String, String> words = new TreeMap<>();
    Data colours =
        new Data()
            .with("card", Role.hex(Role.CARD))
            .with("ink", Role.hex(Role.INK))
            .with("faint", Role.hex(Role.words(Role.hex(Role.FAINT_INK))))
            .with("grid", Role.hex(Role.GRID))
            .with("track", "#c9c9c4");
    for (Role role : ROLES) {
      String name = role.name().toLowerCase(Locale.ROOT);
      colours.with(name, role.hex(0));
      words.put(name, Role.hex(Role.words(role.hex(0))));
    }
    return colours
        .with("compared", IntStream.range(0, COMPARED).mapToObj(i -> Role.COMPARED.hex(i)).toList())
        .with("words", words);
  }

  /** The script without comments and indentation, which each output would contain. */
  public static String script(String name) {
    try (InputStream in = Shell.class.getResourceAsStream(name + ".js")) {
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
