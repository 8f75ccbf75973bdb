package org.lossbook.plot;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.notebook.InlineImage;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.canvas.Role;

/**
 * An interactive curve with sliders that needs neither a kernel nor a network: it computes in
 * JavaScript, in a trusted notebook as in an exported page. Where scripts do not run, a static
 * image takes its place.
 *
 * @param title what is explored
 * @param unit the loss's unit, empty where there is none
 * @param formula the loss as text
 * @param derivative the formula of {@code gradient} as text
 * @param sliders the functions take their values in this order
 * @param curves one for each slider that can be the horizontal axis; the first is shown first
 * @param goal the label of the best value of the moving number
 * @param gradient {@code (1, …) => [loss, [slope, …]]}, empty where there is only one number
 * @param still the static image for pages without scripts
 * @param text for a terminal
 * @param explored what the values are of, for the words beside them
 */
public record Explorer(
    String title,
    String unit,
    String formula,
    String derivative,
    List<Slider> sliders,
    List<Curve> curves,
    String goal,
    String gradient,
    Figure still,
    String text,
    Explored explored)
    implements Renderable {
  private static final String SCRIPT = script();

  /** What an explorer shows the values of. */
  public enum Explored {
    /** A loss of a truth and a prediction. */
    LOSS,
    /** A function of one number. */
    FUNCTION;

    /** The script in its words; it is written for a loss. */
    private String script() {
      return this == LOSS
          ? SCRIPT
          : SCRIPT
              .replace("'the prediction'", "'the input'")
              .replace("'settings of the loss'", "'settings of the function'")
              .replace("'loss of one sample'", "'value'")
              .replace(">loss</dt>", ">value</dt>")
              .replace("'loss', colour.ink", "'value', colour.ink")
              .replace("The loss and its slope", "The value and its slope");
    }
  }

  /** The explorer of a loss. */
  public Explorer(
      String title,
      String unit,
      String formula,
      String derivative,
      List<Slider> sliders,
      List<Curve> curves,
      String goal,
      String gradient,
      Figure still,
      String text) {
    this(
        title,
        unit,
        formula,
        derivative,
        sliders,
        curves,
        goal,
        gradient,
        still,
        text,
        Explored.LOSS);
  }

  /** What a slider's number is part of. */
  public enum Group {
    /** The truth. */
    TRUTH,
    /** The prediction. */
    PREDICTION,
    /** A setting of the loss. */
    SETTING
  }

  /**
   * A number with a slider.
   *
   * @param whole whether the numbers of its group with this flag always sum to one
   */
  public record Slider(
      Group group, String name, double low, double high, double step, double first, boolean whole) {
    private String json() {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("group", group.name().toLowerCase(java.util.Locale.ROOT));
      fields.put("name", name);
      fields.put("low", low);
      fields.put("high", high);
      fields.put("step", step);
      fields.put("first", first);
      fields.put("whole", whole);
      return new Gson().toJson(fields);
    }
  }

  /**
   * The loss along one slider.
   *
   * @param slider the index of the slider that moves
   * @param function JavaScript: {@code (1, t, …) => [loss, slope]}
   * @param target JavaScript: {@code (1, …) => [the best value]}
   * @param derivative the slope's formula, or what moves, as text
   */
  public record Curve(int slider, String function, String target, String derivative) {
    private String json() {
      return Messages.of(
          "{slider: %d, derivative: %s, f: %s, target: %s}",
          slider, new Gson().toJson(derivative), function, target);
    }
  }

  /** Copies the lists. */
  public Explorer {
    sliders = List.copyOf(sliders);
    curves = List.copyOf(curves);
  }

  /** HTML as {@code text/html}, and the static image as {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/html", html(), "image/png", still.mimeBundle().get("image/png"));
  }

  private String html() {
    String data = data();
    String id = "lossbook-" + Integer.toHexString(data.hashCode());
    return Messages.of(
        """
        <div id="%s" class="lossbook-explorer">%s\
        <p>Run this cell, or trust this notebook, to move it.</p></div>
        <script>
        (() => {
        const script = document.currentScript;
        const before = script && script.previousElementSibling;
        const host = before && before.className === 'lossbook-explorer' ? before : document.getElementById('%s');
        (%s)(host, %s);
        })();
        </script>
        """,
        id,
        new InlineImage(still.width(), still.height(), still.alt()).png(still.png()),
        id,
        explored.script(),
        data);
  }

  private String data() {
    Gson gson = new Gson();
    return Messages.of(
        "{title: %s, unit: %s, formula: %s, derivative: %s, goal: %s, colour: %s,\nsliders: [%s],\ncurves: [%s],\ngradient: %s}",
        gson.toJson(title),
        gson.toJson(unit),
        gson.toJson(formula),
        gson.toJson(derivative),
        gson.toJson(goal),
        gson.toJson(colours()),
        sliders.stream().map(Slider::json).collect(Collectors.joining(",\n")),
        curves.stream().map(Curve::json).collect(Collectors.joining(",\n")),
        gradient.isEmpty() ? "null" : gradient);
  }

  private static Map<String, String> colours() {
    // Sorted, so that the output of a rerun is identical.
    return new TreeMap<>(
        Map.of(
            "card", Role.hex(Role.CARD),
            "ink", Role.hex(Role.INK),
            "faint", Role.hex(Role.FAINT_INK),
            "grid", Role.hex(Role.GRID),
            "track", "#c9c9c4",
            "loss", Role.LOSS.hex(0),
            "gradient", Role.GRADIENT.hex(0),
            "prediction", Role.PREDICTION.hex(0),
            "truth", Role.TRUTH.hex(0),
            "focus", Role.TRAINING.hex(0)));
  }

  /** The script without comments and indentation, which each output would contain. */
  private static String script() {
    try (InputStream in = Explorer.class.getResourceAsStream("explorer.js")) {
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

  /** The curve as a table, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
