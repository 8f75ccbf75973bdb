package org.lossbook.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.callback.History;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitOptions;

/**
 * The state of a search: how far each candidate is, and which models are open: the best so far and
 * those that later rounds continue with.
 */
final class SearchState {
  private final Function<Candidate, Model> builder;
  private final Objective objective;
  private final List<Strategy.Round> rounds;
  private final List<Contender> contenders;
  private final FitOptions options;
  private final SearchProgress progress;
  private int round;

  /** A candidate with its model and its trial so far. */
  private static final class Contender {
    private Trial trial;
    private Optional<Model> model = Optional.empty();
    private int rounds; // that it has completed
    private boolean out;

    Contender(int number, Candidate settings) {
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
   * @param options the options of every trial, with the seed
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
    contenders = new ArrayList<>();
    for (Candidate candidate : candidates) {
      contenders.add(new Contender(contenders.size() + 1, candidate));
    }
  }

  /**
   * Runs, or continues, the search.
   *
   * @throws InterruptedTraining if the thread was interrupted; finished trials are kept
   */
  void run(Dataset data) {
    for (; round < rounds.size(); round++) {
      List<Contender> running = contenders.stream().filter(e -> !e.out).toList();
      for (Contender contender : running) {
        if (contender.rounds <= round && !contender.hasFailed()) {
          train(contender, data);
          closeBeaten(running);
        }
      }
      List<Contender> ranked = ranked(running);
      ranked.stream().skip(rounds.get(round).left()).forEach(contender -> contender.out = true);
    }
  }

  boolean isDone() {
    return round == rounds.size();
  }

  /** The progress of the current round. */
  SearchProgress.Place place() {
    int now = Math.min(round, rounds.size() - 1);
    List<Contender> running = contenders.stream().filter(e -> !e.out || isDone()).toList();
    int done = (int) running.stream().filter(e -> e.rounds > now || e.hasFailed()).count();
    return new SearchProgress.Place(now + 1, rounds.size(), done, running.size());
  }

  /** All started trials, the best first, failed ones last. */
  List<Trial> trials() {
    return ranked(contenders).stream()
        .map(contender -> contender.trial)
        .filter(trial -> trial.epochs() > 0 || trial.failure().isPresent())
        .toList();
  }

  /** Closes all models. */
  void close() {
    contenders.forEach(Contender::close);
  }

  /** The model of the best trial. */
  Optional<Model> bestModel() {
    return ranked(contenders).stream().findFirst().flatMap(contender -> contender.model);
  }

  private void train(Contender contender, Dataset data) {
    try {
      while (contender.rounds <= round) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedTraining("search was interrupted between two trials.");
        }
        trainOneRound(contender, data);
      }
    } catch (InterruptedTraining e) {
      // It is trained again from the start, so that the search ends as if it had never been
      // interrupted.
      forget(contender);
      throw e;
    } catch (Candidate.Mistake | Objective.Mistake e) {
      forget(contender);
      throw e;
    } catch (RuntimeException e) {
      fail(contender, e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (Error e) {
      forget(contender);
      throw e;
    }
  }

  private void trainOneRound(Contender contender, Dataset data) {
    if (contender.model.isEmpty()) {
      Model built = builder.apply(contender.trial.settings());
      if (built == null) {
        throw new Candidate.Mistake(
            "search expects a compiled model from its function but receives null: end it with .compile(…).");
      }
      if (contenders.stream().anyMatch(other -> other.model.filter(m -> m == built).isPresent())) {
        throw new Candidate.Mistake(
            "search expects a new model for each candidate but receives one that it already has: build and compile it inside the function.");
      }
      contender.model = Optional.of(built);
      objective.look(built);
    }
    int before = contender.rounds == 0 ? 0 : rounds.get(contender.rounds - 1).epochs();
    int epochs = rounds.get(contender.rounds).epochs() - before;
    var follower = new TrialCallback(objective, () -> progress.show(this));
    long start = System.nanoTime();
    History history =
        contender.model.orElseThrow().fit(data, options.withEpochs(epochs).callbacks(follower));
    Trial old = contender.trial;
    Map<String, Double> figures = follower.figures();
    contender.trial =
        new Trial(
            old.number(),
            old.settings(),
            figures.isEmpty() ? old.figures() : figures,
            old.epochs() + history.epochs().size(),
            old.seconds() + (System.nanoTime() - start) / 1e9,
            Optional.empty());
    if (history.isBroken()) {
      fail(contender, history.stopped().orElseThrow());
    } else if (!figures.containsKey(objective.figure())) {
      fail(contender, "it was stopped before its first epoch's end");
    } else if (Double.isNaN(figures.get(objective.figure()))) {
      fail(contender, objective.figure() + " is not a number");
    }
    if (!contender.hasFailed()) {
      contender.rounds++;
    }
  }

  private static void forget(Contender contender) {
    contender.close();
    Trial old = contender.trial;
    contender.trial = new Trial(old.number(), old.settings(), Map.of(), 0, 0, Optional.empty());
    contender.rounds = 0;
  }

  private void fail(Contender contender, String why) {
    Trial old = contender.trial;
    contender.trial =
        new Trial(
            old.number(),
            old.settings(),
            old.figures(),
            old.epochs(),
            old.seconds(),
            Optional.of(why));
    contender.rounds = rounds.size();
    contender.close();
  }

  /** Closes the models that can no longer win. */
  private void closeBeaten(List<Contender> running) {
    ranked(running.stream().filter(e -> e.rounds > round).toList()).stream()
        .skip(rounds.get(round).left())
        .forEach(Contender::close);
  }

  /** Ranks by how long they were trained, then by the figure; failed ones are last. */
  private List<Contender> ranked(List<Contender> those) {
    Comparator<Contender> order =
        Comparator.comparing(Contender::hasFailed)
            .thenComparing(e -> -e.rounds)
            .thenComparing(e -> e.trial, objective.betterFirst())
            .thenComparing(e -> e.trial.number());
    return those.stream().sorted(order).toList();
  }
}
