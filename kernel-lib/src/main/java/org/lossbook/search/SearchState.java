package org.lossbook.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitOptions;
import org.lossbook.training.fit.History;

/**
 * The state of a search: how far each candidate has come, and whose models are open. Those are the
 * best so far and the ones that a later round goes on with; every other is closed.
 */
final class SearchState {
  private final Function<Candidate, Model> builder;
  private final Objective objective;
  private final List<Strategy.Round> rounds;
  private final List<Entrant> entrants;
  private final FitOptions options;
  private final SearchProgress progress;
  private int round;

  /** One candidate at work. */
  private static final class Entrant {
    private Trial trial;
    private Optional<Model> model = Optional.empty();
    private int rounds; // that it has been through
    private boolean out;

    Entrant(int number, Candidate settings) {
      trial = new Trial(number, settings, Map.of(), 0, 0, Optional.empty());
    }

    boolean hasFailed() {
      return trial.failure().isPresent();
    }

    void close() {
      model.ifPresent(Model::close);
      model = Optional.empty();
    }
  }

  /**
   * @param options with the seed of every trial
   */
  SearchState(
      List<Candidate> candidates,
      List<Strategy.Round> rounds,
      Function<Candidate, Model> builder,
      Objective objective,
      FitOptions options,
      SearchProgress progress) {
    this.builder = builder;
    this.objective = objective;
    this.rounds = rounds;
    this.options = options;
    this.progress = progress;
    entrants = new ArrayList<>();
    for (Candidate candidate : candidates) {
      entrants.add(new Entrant(entrants.size() + 1, candidate));
    }
  }

  /**
   * Goes on from where it is.
   *
   * @throws InterruptedTraining if the thread was interrupted: all that was done stays
   */
  void run(Dataset data) {
    for (; round < rounds.size(); round++) {
      List<Entrant> running = entrants.stream().filter(e -> !e.out).toList();
      for (Entrant entrant : running) {
        if (entrant.rounds <= round && !entrant.hasFailed()) {
          train(entrant, data);
          closeBeaten(running);
        }
      }
      List<Entrant> ranked = ranked(running);
      ranked.stream().skip(rounds.get(round).left()).forEach(entrant -> entrant.out = true);
    }
  }

  boolean isDone() {
    return round == rounds.size();
  }

  /** How many have been through the round at work, of how many that it has. */
  SearchProgress.Place place() {
    int now = Math.min(round, rounds.size() - 1);
    List<Entrant> running = entrants.stream().filter(e -> !e.out || isDone()).toList();
    int done = (int) running.stream().filter(e -> e.rounds > now || e.hasFailed()).count();
    return new SearchProgress.Place(now + 1, rounds.size(), done, running.size());
  }

  /** All that were begun, the best first, those that failed last. */
  List<Trial> trials() {
    return ranked(entrants).stream()
        .map(entrant -> entrant.trial)
        .filter(trial -> trial.epochs() > 0 || trial.failure().isPresent())
        .toList();
  }

  /** Closes all models. */
  void close() {
    entrants.forEach(Entrant::close);
  }

  /** The model of the best trial. */
  Optional<Model> bestModel() {
    return ranked(entrants).stream().findFirst().flatMap(entrant -> entrant.model);
  }

  private void train(Entrant entrant, Dataset data) {
    try {
      while (entrant.rounds <= round) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedTraining("search was interrupted between two trials.");
        }
        trainOneRound(entrant, data);
      }
    } catch (InterruptedTraining e) {
      // Half an epoch more or less: it begins anew, so that the search ends as if nothing had been.
      forget(entrant);
      throw e;
    } catch (Candidate.Mistake | Objective.Mistake e) {
      forget(entrant);
      throw e;
    } catch (RuntimeException e) {
      fail(entrant, e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (Error e) {
      forget(entrant);
      throw e;
    }
  }

  private void trainOneRound(Entrant entrant, Dataset data) {
    if (entrant.model.isEmpty()) {
      Model built = builder.apply(entrant.trial.settings());
      if (built == null) {
        throw new Candidate.Mistake(
            "search expects a compiled model from its function but receives null: end it with .compile(…).");
      }
      if (entrants.stream().anyMatch(other -> other.model.filter(m -> m == built).isPresent())) {
        throw new Candidate.Mistake(
            "search expects a new model for each candidate but receives one that it already has: build and compile it inside the function.");
      }
      entrant.model = Optional.of(built);
      objective.look(built);
    }
    int before = entrant.rounds == 0 ? 0 : rounds.get(entrant.rounds - 1).epochs();
    int epochs = rounds.get(entrant.rounds).epochs() - before;
    var follower = new TrialCallback(objective, () -> progress.show(this));
    long start = System.nanoTime();
    History history =
        entrant.model.orElseThrow().fit(data, options.withEpochs(epochs).callbacks(follower));
    Trial old = entrant.trial;
    Map<String, Double> figures = follower.figures();
    entrant.trial =
        new Trial(
            old.number(),
            old.settings(),
            figures.isEmpty() ? old.figures() : figures,
            old.epochs() + history.epochs().size(),
            old.seconds() + (System.nanoTime() - start) / 1e9,
            Optional.empty());
    if (history.isBroken()) {
      fail(entrant, history.stopped().orElseThrow());
    } else if (!figures.containsKey(objective.figure())) {
      fail(entrant, "it was stopped before its first epoch's end");
    } else if (Double.isNaN(figures.get(objective.figure()))) {
      fail(entrant, objective.figure() + " is not a number");
    }
    if (!entrant.hasFailed()) {
      entrant.rounds++;
    }
  }

  private static void forget(Entrant entrant) {
    entrant.close();
    Trial old = entrant.trial;
    entrant.trial = new Trial(old.number(), old.settings(), Map.of(), 0, 0, Optional.empty());
    entrant.rounds = 0;
  }

  private void fail(Entrant entrant, String why) {
    Trial old = entrant.trial;
    entrant.trial =
        new Trial(
            old.number(),
            old.settings(),
            old.figures(),
            old.epochs(),
            old.seconds(),
            Optional.of(why));
    entrant.rounds = rounds.size();
    entrant.close();
  }

  /** Closes what this round's last places cannot come back from. */
  private void closeBeaten(List<Entrant> running) {
    ranked(running.stream().filter(e -> e.rounds > round).toList()).stream()
        .skip(rounds.get(round).left())
        .forEach(Entrant::close);
  }

  /** Who was trained longer comes first, then who is better; who failed is last. */
  private List<Entrant> ranked(List<Entrant> those) {
    Comparator<Entrant> order =
        Comparator.comparing(Entrant::hasFailed)
            .thenComparing(e -> -e.rounds)
            .thenComparing(e -> e.trial, objective.betterFirst())
            .thenComparing(e -> e.trial.number());
    return those.stream().sorted(order).toList();
  }
}
