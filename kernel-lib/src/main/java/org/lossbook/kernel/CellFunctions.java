package org.lossbook.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The functions that every cell can call without an import, with IJava's names. */
public final class CellFunctions {
  /** The id that the running cell's last display has given; null before the first. */
  private static volatile String lastDisplay;

  private CellFunctions() {}

  /** The representations of {@code value} in a notebook. */
  public static DisplayData render(Object value) {
    return value == null ? new DisplayData("null") : kernel().getRenderer().render(value);
  }

  /** The representations of {@code value} in the MIME types {@code as}, if it has them. */
  public static DisplayData render(Object value, String... as) {
    return value == null ? render((Object) null) : kernel().getRenderer().renderAs(value, as);
  }

  /**
   * Displays {@code value} at once, in the middle of a cell.
   *
   * @return the display's id, for {@link #updateDisplay(String, Object)}
   */
  public static String display(Object value) {
    return show(value instanceof DisplayData data ? data : render(value));
  }

  /**
   * Displays {@code value} in the MIME types {@code as}, such as {@code "text/html"}. A single word
   * without a slash is the display's id, for {@link #updateDisplay(String, Object)}.
   *
   * @return the display's id
   */
  public static String display(Object value, String... as) {
    if (as.length == 1 && as[0].indexOf('/') < 0) {
      DisplayData data = value instanceof DisplayData given ? given : render(value);
      data.setDisplayId(as[0]);
      return show(data);
    }
    return show(render(value, as));
  }

  /** Replaces the content of the display {@code id}. */
  public static void updateDisplay(String id, Object value) {
    update(id, value instanceof DisplayData data ? data : render(value));
  }

  /** Replaces the content of the display {@code id}, in the MIME types {@code as}. */
  public static void updateDisplay(String id, Object value, String... as) {
    update(id, render(value, as));
  }

  /** Runs {@code code} as a cell would and returns its value. */
  public static Object eval(String code) throws Exception {
    return kernel().evaluate(code);
  }

  /** Runs the line magic {@code %name args}. */
  public static <T> T lineMagic(String name, List<String> args) {
    return kernel().magics().line(name, args);
  }

  /** Runs the line magic {@code %name line}. */
  public static <T> T lineMagic(String name, String line) {
    return kernel().magics().line(name, line);
  }

  /** Runs the cell magic {@code %%name line} on {@code body}. */
  public static <T> T cellMagic(String name, String line, String body) {
    return kernel().magics().cell(name, line, body);
  }

  /** Runs the cell magic {@code %%name args}. */
  public static <T> T cellMagic(String name, List<String> args, String body) {
    return kernel().magics().cell(name, args, body);
  }

  /** Prints {@code args} as {@code format} says, in English unless a cell set another locale. */
  public static void printf(String format, Object... args) {
    System.out.printf(Locale.getDefault(Locale.Category.FORMAT), format, args);
  }

  /** The kernel that runs this cell. */
  public static BaseKernel getKernelInstance() {
    return kernel();
  }

  private static String show(DisplayData data) {
    if (data.getDisplayId() == null) {
      data.setDisplayId(UUID.randomUUID().toString());
    }
    kernel().display(data);
    lastDisplay = data.getDisplayId();
    return lastDisplay;
  }

  /** Begins a cell, which has not displayed anything yet. */
  static void begin() {
    lastDisplay = null;
  }

  /** Whether {@code value}, a cell's last, is what {@code display(x)} returned, to be hidden. */
  static boolean isDisplay(Object value) {
    return value != null && value == lastDisplay;
  }

  private static void update(String id, DisplayData data) {
    data.setDisplayId(id);
    kernel().publish(new PublishUpdateDisplayData(data));
  }

  private static LossbookKernel kernel() {
    LossbookKernel kernel = LossbookKernel.running();
    if (kernel == null) {
      throw new IllegalStateException(
          "display and render work in a notebook's cell; this program runs outside of one.");
    }
    return kernel;
  }
}
