package org.lossbook.plot.explorer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.notebook.DarkPage;
import org.lossbook.notebook.InlineImage;
import org.lossbook.notebook.ScriptedPart;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Role;
import org.lossbook.plot.canvas.Palette;

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
  private static final String HOW_TO_MOVE_IT =
      "<p>To move it, run this cell, or trust this notebook: View → Activate Command Palette → Trust"
          + " Notebook.</p>";
  private static final String DARK =
      DarkPage.style(".lossbook-explorer:not(.lossbook-card *)", DarkPage.TURNED);
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
    String picture = new InlineImage(still.width(), still.height(), still.alt()).png(still.png());
    String statements =
        Messages.of(
            "const kit = (%s)(host, %s);\n(%s)(host, %s, kit);",
            KIT, colours(), script(script), data);
    String html =
        new ScriptedPart("lossbook-explorer", id, picture + HOW_TO_MOVE_IT + DARK).html(statements);
    return Map.of("text/html", html, "image/png", still.mimeBundle().get("image/png"));
  }

  private static Data colours() {
    Map<String, String> words = new TreeMap<>();
    Data colours =
        new Data()
            .with("card", Palette.hex(Palette.CARD))
            .with("ink", Palette.hex(Palette.INK))
            .with("faint", Palette.hex(Palette.words(Palette.hex(Palette.FAINT_INK))))
            .with("grid", Palette.hex(Palette.GRID))
            .with("track", "#c9c9c4");
    for (Role role : ROLES) {
      String name = role.name().toLowerCase(Locale.ROOT);
      colours.with(name, role.hex(0));
      words.put(name, Palette.hex(Palette.words(role.hex(0))));
    }
    return colours
        .with("compared", IntStream.range(0, COMPARED).mapToObj(i -> Role.COMPARED.hex(i)).toList())
        .with("words", words);
  }

  /** The script without comments and indentation, which each output would contain. */
  public static String script(String name) {
    return ScriptedPart.script(Shell.class, name);
  }
}
