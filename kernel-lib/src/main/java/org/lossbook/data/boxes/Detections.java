package org.lossbook.data.boxes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.lossbook.base.Figures;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;

/**
 * How well the boxes in images were found. The predicted boxes of a class are taken from the
 * highest score down, over all images; one is right if its intersection over union with a true box
 * of its class in its image that no box took before is at least a threshold, 0.5 by default.
 *
 * <p>After each there is a precision, the share of right ones so far, and a recall, the share of
 * the true boxes found. Average precision (AP) is the area under the highest precision at each
 * recall or above, \(\sum_k (R_k - R_{k-1}) \max_{j \ge k} P_j\), as Pascal VOC has computed it
 * since 2010; mean average precision (mAP) is its mean over the classes that have a true box
 * (Everingham et al. 2010, <i>The Pascal Visual Object Classes challenge</i>).
 *
 * <pre>{@code
 * var y = List.of(List.of(box(0, 0, 2, 2), box(4, 4, 6, 6)));
 * var yHat = List.of(List.of(box(0, 0, 2, 2).score(0.9), box(8, 8, 9, 9).score(0.8)));
 * detections(y, yHat).meanAveragePrecision()               // 0.5
 * detections(y, yHat).precision()                          // 0.5
 * }</pre>
 */
public final class Detections implements Renderable {
  private final List<List<Box>> truth;
  private final List<List<Box>> predicted;
  private final double threshold;

  private Detections(List<List<Box>> truth, List<List<Box>> predicted, double threshold) {
    this.truth = truth;
    this.predicted = predicted;
    this.threshold = threshold;
  }

  /**
   * The true and the predicted boxes of each image.
   *
   * @throws IllegalArgumentException if they are of another number of images, or no boxes
   */
  public static Detections of(List<List<Box>> y, List<List<Box>> yHat) {
    List<List<Box>> truth = images("y", y);
    List<List<Box>> predicted = images("ŷ", yHat);
    if (truth.size() != predicted.size()) {
      throw Messages.wrong(
          "detections expects a list of boxes for each image in y and in ŷ but receives %d and %d: an image without boxes has an empty list.",
          truth.size(), predicted.size());
    }
    return new Detections(truth, predicted, 0.5);
  }

  private static List<List<Box>> images(String name, List<List<Box>> given) {
    Require.given(given, "detections", name, "List.of(List.of(box(0, 0, 1, 1))) is one image's");
    List<List<Box>> images = new ArrayList<>();
    for (Object image : given) {
      List<?> boxes = image instanceof List<?> list ? list : null;
      images.add(
          Require.all(
              boxes,
              Box.class,
              "detections",
              "boxes",
              "box(0, 0, 1, 1) is one, and List.of() none"));
    }
    return images;
  }

  /** The same with another least intersection over union for a box to be right. */
  public Detections atIou(double least) {
    if (!(least > 0 && least <= 1)) {
      throw Messages.wrong(
          "atIou expects a share above 0 and up to 1 but receives %s: 0.5 is usual, 0.75 strict.",
          least);
    }
    return new Detections(truth, predicted, least);
  }

  /** A predicted box, and the image that it is in. */
  private record Found(int image, Box box) {}

  /** What comes of a class: its true boxes, and which predicted ones are right, by score. */
  private record Outcome(int positives, List<Boolean> right) {
    long hits() {
      return right.stream().filter(hit -> hit).count();
    }

    double averagePrecision() {
      double[] precision = new double[right.size()];
      int hits = 0;
      for (int k = 0; k < precision.length; k++) {
        hits += right.get(k) ? 1 : 0;
        precision[k] = hits / (k + 1.0);
      }
      double highest = 0;
      double area = 0;
      for (int k = precision.length - 1; k >= 0; k--) {
        highest = Math.max(highest, precision[k]);
        area += right.get(k) ? highest : 0;
      }
      return area / positives; // NaN where nothing was to be found
    }
  }

  private Outcome outcome(int label) {
    List<Found> found = new ArrayList<>();
    int positives = 0;
    List<boolean[]> taken = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      taken.add(new boolean[truth.get(i).size()]);
      positives += (int) truth.get(i).stream().filter(box -> box.label() == label).count();
      for (Box box : predicted.get(i)) {
        if (box.label() == label) {
          found.add(new Found(i, box));
        }
      }
    }
    found.sort(Comparator.comparingDouble(each -> -each.box().score()));
    List<Boolean> right = new ArrayList<>();
    for (Found each : found) {
      int best = best(each, label, taken.get(each.image()));
      if (best >= 0) {
        taken.get(each.image())[best] = true;
      }
      right.add(best >= 0);
    }
    return new Outcome(positives, right);
  }

  /** The true box that shares most with it, of those not taken; −1 where none shares enough. */
  private int best(Found found, int label, boolean[] taken) {
    List<Box> there = truth.get(found.image());
    int best = -1;
    double most = threshold;
    for (int t = 0; t < taken.length; t++) {
      double iou = found.box().iou(there.get(t));
      if (!taken[t] && there.get(t).label() == label && iou >= most && (best < 0 || iou > most)) {
        best = t;
        most = iou;
      }
    }
    return best;
  }

  private Collection<Integer> labels() {
    var labels = new TreeSet<Integer>();
    truth.forEach(image -> image.forEach(box -> labels.add(box.label())));
    predicted.forEach(image -> image.forEach(box -> labels.add(box.label())));
    return labels;
  }

  /** Average precision of a class; NaN if there is no true box of it. */
  public double averagePrecision(int label) {
    return outcome(label).averagePrecision();
  }

  /** The mean over the classes that have a true box; NaN if none has. */
  public double meanAveragePrecision() {
    return labels().stream()
        .map(this::outcome)
        .filter(outcome -> outcome.positives() > 0)
        .mapToDouble(Outcome::averagePrecision)
        .average()
        .orElse(Double.NaN);
  }

  /** The share of all predicted boxes that are right; NaN if there are none. */
  public double precision() {
    List<Outcome> all = labels().stream().map(this::outcome).toList();
    long found = all.stream().mapToLong(outcome -> outcome.right().size()).sum();
    return all.stream().mapToLong(Outcome::hits).sum() / (double) found;
  }

  /** The share of all true boxes that were found; NaN if there are none. */
  public double recall() {
    List<Outcome> all = labels().stream().map(this::outcome).toList();
    long positives = all.stream().mapToLong(Outcome::positives).sum();
    return all.stream().mapToLong(Outcome::hits).sum() / (double) positives;
  }

  private TextTable table() {
    List<List<String>> rows = new ArrayList<>();
    for (int label : labels()) {
      Outcome outcome = outcome(label);
      rows.add(
          List.of(
              Integer.toString(label),
              Integer.toString(outcome.positives()),
              Integer.toString(outcome.right().size()),
              Long.toString(outcome.hits()),
              Figures.text(outcome.averagePrecision())));
    }
    rows.add(List.of("all", "", "", "", Figures.text(meanAveragePrecision())));
    return new TextTable(
        Messages.of("IoU of %s or more", Figures.text(threshold)),
        List.of(
            Column.words("class"),
            Column.numbers("true boxes"),
            Column.numbers("predicted"),
            Column.numbers("right"),
            Column.numbers("AP")),
        rows,
        List.of());
  }

  @Override
  public Map<String, String> mimeBundle() {
    return table().mimeBundle();
  }

  /** A line for each class, and the mean. */
  @Override
  public String toString() {
    return table().toString();
  }
}
