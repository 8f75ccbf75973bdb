package org.lossbook.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.ColourMap;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;
import org.lossbook.plot.canvas.Ticks;

/**
 * A sound over time: its waveform, if asked for, above how loud each frequency is; darker is
 * louder.
 *
 * @hidden
 */
@Internal
public final class SpectrogramFigure {
  private static final int WIDTH = 640;
  private static final int LEFT = 62;
  private static final int RIGHT = 18;
  private static final int WAVE = 84;
  private static final int WAVE_TOP = 34;
  private static final int TALL = 200;
  private static final int BELOW = 42;
  private static final int TICKS = 5;
  private static final int PLOT = WIDTH - LEFT - RIGHT;

  private final String title;
  private final float[] wave;
  private final double seconds;
  private final double[][] decibels;
  private final Bands bands;

  private SpectrogramFigure(
      String title, float[] wave, double seconds, double[][] decibels, Bands bands) {
    this.title = title;
    this.wave = wave;
    this.seconds = seconds;
    this.decibels = decibels;
    this.bands = bands;
  }

  /**
   * What the rows and columns are.
   *
   * @param from the second at which the first frame begins
   * @param to the second at which the last frame ends
   * @param hertz the frequency of each column
   * @param label what they are
   * @hidden
   */
  @Internal
  public record Bands(double from, double to, double[] hertz, String label) {
    /** Copies the frequencies. */
    public Bands {
      hertz = hertz.clone();
    }
  }

  /**
   * The figure, 640 pixels wide.
   *
   * @param wave the samples; none to leave the waveform out
   * @param decibels {@code [frames][frequencies]}
   */
  public static Figure of(
      String title, float[] wave, double seconds, double[][] decibels, Bands bands) {
    var drawing = new SpectrogramFigure(title, wave, seconds, decibels, bands);
    String alt = drawing.alt();
    return Figure.picture(WIDTH, drawing.top() + TALL + BELOW, alt, alt, drawing::paint);
  }

  private int top() {
    return WAVE_TOP + (wave.length > 0 ? WAVE + 12 : 0);
  }

  private String alt() {
    double[] mean = new double[bands.hertz().length];
    for (double[] frame : decibels) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += frame[k];
      }
    }
    int loudest =
        IntStream.range(0, mean.length).reduce(0, (best, k) -> mean[k] > mean[best] ? k : best);
    return Messages.of(
        "%s: %s%d frames of %d frequencies over %s seconds, on average loudest at %s Hz; darker is louder.",
        title,
        wave.length > 0 ? "waveform and spectrogram, " : "spectrogram, ",
        decibels.length,
        mean.length,
        NumberText.text(seconds),
        NumberText.text(bands.hertz()[loudest]));
  }

  private void paint(Graphics2D g) {
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    g.drawString(Canvas.fitted(g, title, PLOT), LEFT, 20);
    if (wave.length > 0) {
      paintWave(g);
    }
    paintBands(g);
    paintAxes(g);
  }

  private int x(double second) {
    return LEFT + (int) Math.round(PLOT * second / seconds);
  }

  /** The lowest and the highest sample of each column of pixels. */
  private void paintWave(Graphics2D g) {
    float most = 1e-6f;
    for (float sample : wave) {
      most = Math.max(most, Math.abs(sample));
    }
    int middle = WAVE_TOP + WAVE / 2;
    g.setColor(Palette.GRID);
    g.drawLine(LEFT, middle, LEFT + PLOT, middle);
    g.setColor(Role.TRAINING.color(0));
    int before = middle;
    for (int column = 0; column < PLOT; column++) {
      int from = (int) ((long) wave.length * column / PLOT);
      int to = Math.max(from + 1, (int) ((long) wave.length * (column + 1) / PLOT));
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int t = from; t < to; t++) {
        low = Math.min(low, wave[t]);
        high = Math.max(high, wave[t]);
      }
      int top = middle - Math.round(high / most * WAVE / 2);
      int bottom = middle - Math.round(low / most * WAVE / 2);
      g.drawLine(LEFT + column, Math.min(top, before), LEFT + column, Math.max(bottom, before));
      before = (top + bottom) / 2;
    }
    g.setFont(Canvas.SMALL);
    g.setColor(Palette.FAINT_INK);
    right(g, NumberText.text(most), WAVE_TOP + 8);
    right(g, NumberText.text(-most), WAVE_TOP + WAVE);
  }

  private void paintBands(Graphics2D g) {
    int rows = bands.hertz().length;
    double high = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    for (double[] frame : decibels) {
      high = Math.max(high, Arrays.stream(frame).max().orElse(0));
      low = Math.min(low, Arrays.stream(frame).min().orElse(0));
    }
    var image = new BufferedImage(decibels.length, rows, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < decibels.length; i++) {
      for (int k = 0; k < rows; k++) {
        double share = high == low ? 0 : (decibels[i][k] - low) / (high - low);
        image.setRGB(i, rows - 1 - k, ColourMap.dark(share).getRGB());
      }
    }
    int left = Math.max(LEFT, x(bands.from()));
    int right = Math.min(LEFT + PLOT, x(bands.to()));
    g.drawImage(image, left, top(), Math.max(1, right - left), TALL, null);
    g.setColor(Palette.GRID);
    g.drawRect(LEFT, top(), PLOT, TALL);
  }

  private void paintAxes(Graphics2D g) {
    g.setFont(Canvas.SMALL);
    g.setColor(Palette.FAINT_INK);
    for (double tick : Ticks.linear(0, seconds, TICKS)) {
      String text = Ticks.text(tick);
      int half = g.getFontMetrics().stringWidth(text) / 2;
      g.drawLine(x(tick), top() + TALL, x(tick), top() + TALL + 4);
      g.drawString(text, Math.min(x(tick) - half, WIDTH - 2 * half - 2), top() + TALL + 17);
    }
    for (double tick : hertzTicks()) {
      int y = top() + TALL - (int) Math.round((place(tick) + 0.5) * TALL / bands.hertz().length);
      g.drawLine(LEFT - 4, y, LEFT, y);
      right(g, Ticks.text(tick), y + 4);
    }
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.INK);
    g.drawString("time in seconds", LEFT + PLOT / 2 - 40, top() + TALL + 34);
    Graphics2D turned = (Graphics2D) g.create();
    turned.rotate(-Math.PI / 2);
    int wide = turned.getFontMetrics().stringWidth(bands.label());
    turned.drawString(bands.label(), -(top() + TALL / 2 + wide / 2), 13);
    turned.dispose();
  }

  private double[] hertzTicks() {
    double[] hertz = bands.hertz();
    double first = hertz[0];
    double last = hertz[hertz.length - 1];
    boolean isEven =
        hertz.length < 3 || Math.abs(hertz[1] - first - (last - hertz[hertz.length - 2])) < 1e-6;
    return isEven ? Ticks.linear(first, last, TICKS) : Ticks.logarithmic(first, last, TICKS);
  }

  /** Between which rows a frequency lies, counted from 0. */
  private double place(double frequency) {
    double[] hertz = bands.hertz();
    int above = 1;
    while (above < hertz.length - 1 && hertz[above] < frequency) {
      above++;
    }
    return hertz.length == 1
        ? 0
        : above - 1 + (frequency - hertz[above - 1]) / (hertz[above] - hertz[above - 1]);
  }

  private static void right(Graphics2D g, String text, int y) {
    g.drawString(text, LEFT - 6 - g.getFontMetrics().stringWidth(text), y);
  }
}
