package org.lossbook.plot.explorer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;

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
  /** What an explorer shows the values of. */
  public enum Explored {
    /** A loss of a truth and a prediction. */
    LOSS("loss", "loss of one sample", "the prediction", "settings of the loss"),
    /** A function of one number. */
    FUNCTION("value", "value", "the input", "settings of the function");

    private final Data words;

    Explored(String value, String axis, String prediction, String settings) {
      this.words =
          new Data()
              .with("value", value)
              .with("axis", axis)
              .with("prediction", prediction)
              .with("settings", settings);
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
    Data data() {
      return new Data()
          .with("group", group.name().toLowerCase(Locale.ROOT))
          .with("name", name)
          .with("low", low)
          .with("high", high)
          .with("step", step)
          .with("first", first)
          .with("whole", whole);
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
    private Data data() {
      return new Data()
          .with("slider", slider)
          .with("derivative", derivative)
          .withFunction("f", function)
          .withFunction("target", target);
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
    return Shell.mimeBundle("loss", data(), still);
  }

  private Data data() {
    return new Data()
        .with("title", title)
        .with("unit", unit)
        .with("formula", formula)
        .with("derivative", derivative)
        .with("goal", goal)
        .with("words", explored.words)
        .withAll("sliders", sliders.stream().map(Slider::data).toList())
        .withAll("curves", curves.stream().map(Curve::data).toList())
        .withFunction("gradient", gradient);
  }

  /** The curve as a table, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
