package org.lossbook.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lossbook.base.Messages;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.TrainingView;

/**
 * The view of a running search: a progress bar, the time left, and the best trials so far; in a
 * terminal one line.
 *
 * @param place its progress
 * @param figure the figure by which trials are compared
 * @param trials the best first
 * @param seconds since it was started or continued
 * @param secondsLeft the estimated time left; NaN if unknown, 0 at the end
 */
record SearchView(
    SearchProgress.Place place,
    String figure,
    List<Trial> trials,
    double seconds,
    double secondsLeft)
    implements Renderable {
  private static final int BEST = 5;
  private static final int BAR = 20;

  private double fraction() {
    return secondsLeft == 0
        ? 1
        : (place.round() - 1 + (double) place.done() / Math.max(1, place.trials()))
            / place.rounds();
  }

  private String text() {
    String round =
        place.rounds() == 1 ? "" : Messages.of("round %d of %d · ", place.round(), place.rounds());
    String trial =
        secondsLeft == 0
            ? Messages.of("%d trials", trials.size())
            : Messages.of(
                "trial %d of %d", Math.min(place.done() + 1, place.trials()), place.trials());
    String time =
        secondsLeft == 0
            ? "done in " + TrainingView.duration(seconds)
            : Double.isNaN(secondsLeft)
                ? TrainingView.duration(seconds) + " so far"
                : TrainingView.duration(secondsLeft) + " left";
    return round + trial + " · " + time;
  }

  @Override
  public Map<String, String> mimeBundle() {
    String bar =
        String.format(
            Locale.ROOT,
            "<progress value=\"%.3f\" max=\"1\" style=\"width:100%%\"></progress>",
            fraction());
    String table =
        trials.isEmpty()
            ? ""
            : SearchResult.table("", trials.stream().limit(BEST).toList(), figure, List.of())
                .html();
    return Map.of(
        "text/html",
        Messages.of(
            "<div style=\"max-width:640px\">%s<div>%s</div>%s</div>",
            bar, Markup.html(text()), table));
  }

  /** {@code [====> ] trial 7 of 20 · 12 s left · best val_mae 0.231 (units 64, rate 0.0031)}. */
  @Override
  public String toString() {
    int done = (int) (fraction() * BAR);
    String bar =
        done >= BAR ? "=".repeat(BAR) : "=".repeat(done) + ">" + " ".repeat(BAR - 1 - done);
    String best =
        trials.stream()
            .findFirst()
            .filter(trial -> trial.failure().isEmpty())
            .map(
                trial ->
                    Messages.of(
                        " · best %s %s (%s)",
                        figure, Trial.text(trial.get(figure)), trial.settings()))
            .orElse("");
    return "[" + bar + "] " + text() + best;
  }
}
