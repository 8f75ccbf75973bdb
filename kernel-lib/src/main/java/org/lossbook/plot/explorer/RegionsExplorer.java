package org.lossbook.plot.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;

/**
 * The decision regions of a classifier while it learns: a slider over the epochs and a button that
 * plays them. Where scripts do not run, a static image takes its place.
 *
 * @param title what is shown
 * @param classes their names
 * @param x the lowest and the highest number of the horizontal axis
 * @param y those of the vertical axis
 * @param columns of the grid of cells
 * @param levels of strength that a cell can have
 * @param frames one for each epoch that is shown
 * @param figures the names of a frame's figures
 * @param samples of each class, x and y by turns
 * @param still the static image for pages without scripts
 * @param text for a terminal
 */
public record RegionsExplorer(
    String title,
    List<String> classes,
    double[] x,
    double[] y,
    int columns,
    int levels,
    List<Frame> frames,
    List<String> figures,
    List<double[]> samples,
    Figure still,
    String text)
    implements Renderable {
  private static final int MOST_NUMBERS = 40_000; // a hundred kilobytes or two

  /**
   * The regions after an epoch.
   *
   * @param epoch counted from 1; 0 before training
   * @param cells row by row from below: the class times {@code levels}, and how sure the model is
   * @param figures what was measured, NaN where nothing was
   */
  public record Frame(int epoch, int[] cells, double[] figures) {}

  /** Copies the lists. */
  public RegionsExplorer {
    classes = List.copyOf(classes);
    frames = List.copyOf(frames);
    figures = List.copyOf(figures);
    samples = List.copyOf(samples);
  }

  /** HTML as {@code text/html}, and the static image as {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    return Shell.mimeBundle("regions", data(), still);
  }

  Data data() {
    List<Frame> shown = frames;
    List<int[]> runs = runs(shown);
    while (shown.size() > 2 && runs.stream().mapToInt(each -> each.length).sum() > MOST_NUMBERS) {
      shown = everySecond(shown);
      runs = runs(shown);
    }
    List<Data> measured = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      int at = i;
      measured.add(
          new Data()
              .with("name", figures.get(i))
              .with(
                  "values",
                  shown.stream()
                      .map(frame -> frame.figures()[at])
                      .map(v -> Double.isNaN(v) ? "–" : v)
                      .toList()));
    }
    return new Data()
        .with("title", title)
        .with("classes", classes)
        .with("x", x)
        .with("y", y)
        .with("columns", columns)
        .with("rows", frames.get(0).cells().length / columns)
        .with("levels", levels)
        .with("epochs", shown.stream().map(Frame::epoch).toList())
        .with("frames", runs)
        .with("samples", samples)
        .withAll("figures", measured);
  }

  /** The first, the last and half of those between. */
  private static List<Frame> everySecond(List<Frame> all) {
    List<Frame> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i % 2 == 0 || i == all.size() - 1) {
        kept.add(all.get(i));
      }
    }
    return kept;
  }

  /** Each frame as differences to the one before, each with how often it stands in a row. */
  private static List<int[]> runs(List<Frame> frames) {
    List<int[]> all = new ArrayList<>();
    int[] before = new int[frames.get(0).cells().length];
    for (Frame frame : frames) {
      int[] now = frame.cells();
      int[] runs = new int[2 * now.length];
      int end = 0;
      for (int i = 0; i < now.length; i++) {
        int difference = now[i] - before[i];
        if (end == 0 || runs[end - 2] != difference) {
          runs[end] = difference;
          end += 2;
        }
        runs[end - 1]++;
      }
      all.add(Arrays.copyOf(runs, end));
      before = now;
    }
    return all;
  }

  /** The epochs, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
