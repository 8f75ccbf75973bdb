package org.lossbook.search;

import java.util.Map;
import org.lossbook.callback.Callback;
import org.lossbook.callback.Run;

/**
 * The callback of a trial: records the figures of its last epoch, and updates the search's display.
 */
final class TrialCallback implements Callback {
  private final Objective objective;
  private final Runnable show;
  private Map<String, Double> figures = Map.of();

  TrialCallback(Objective objective, Runnable show) {
    this.objective = objective;
    this.show = show;
  }

  /** The figures of the weights that the model ends with; empty if no epoch was completed. */
  Map<String, Double> figures() {
    return figures;
  }

  @Override
  public String name() {
    return "search";
  }

  @Override
  public boolean watchesBatches() {
    return true;
  }

  @Override
  public Watcher start(Run run) {
    objective.start(run);
    return new Watcher() {
      @Override
      public void endBatch() {
        show.run();
      }

      @Override
      public void endEpoch() {
        figures = run.figures();
      }

      @Override
      public void end() {
        if (run.figures().containsKey(objective.figure())) {
          figures = run.figures(); // another callback may have restored the best weights
        }
      }
    };
  }
}
