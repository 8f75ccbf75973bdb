package org.lossbook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.JavadocExamples;
import org.lossbook.testing.Notepad;
import org.lossbook.training.fit.FitOptions;

class SearchTest {
  private static final Dataset TRAIN = line(64, 1);
  private static final Dataset VALIDATION = line(32, 2);
  private static final Space RATES = space("rate", 1e-3, 1e-2, 0.1).and("units", 2, 8);
  private final Screen before = Screen.current();
  private final List<String> shown = new ArrayList<>();

  /** y = x₁ − 2 x₂ with a little noise. */
  private static Dataset line(int n, long seed) {
    var random = new Random(seed);
    double[][] x = new double[n][2];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i][0] = random.nextGaussian();
      x[i][1] = random.nextGaussian();
      y[i] = x[i][0] - 2 * x[i][1] + 0.1 * random.nextGaussian();
    }
    return Dataset.of(x, y);
  }

  private static Model built(Candidate s) {
    return sequential(input(2), dense(s.integer("units")).relu(), dense(1))
        .compile(adam().learningRate(s.number("rate")), mse(), mae());
  }

  private static Model linear(double rate) {
    return sequential(input(2), dense(1)).compile(sgd().learningRate(rate), mse());
  }

  private static boolean isOpen(Model model) {
    try {
      return model.predictValues(vector(1, 2)).size() == 1;
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageStartingWith("This model was closed");
      return false;
    }
  }

  private static FitOptions options(int epochs) {
    return epochs(epochs).validation(VALIDATION).quiet();
  }

  @AfterEach
  void restore() {
    Thread.interrupted();
    Screen.use(before);
  }

  @Test
  void aGridTriesEveryCombinationAndTheBestComesFirst() {
    List<Model> models = new ArrayList<>();
    SearchResult found =
        search(
                RATES,
                s -> {
                  models.add(built(s));
                  return models.get(models.size() - 1);
                })
            .grid()
            .seed(1)
            .fit(TRAIN, options(4));

    assertThat(found.trials()).hasSize(6);
    assertThat(found.trials())
        .extracting(t -> t.get("val_loss"))
        .isSortedAccordingTo(Double::compare);
    assertThat(found.best()).isSameAs(found.trials().get(0));
    assertThat(found.best().settings().number("rate")).isEqualTo(0.1);
    assertThat(found.best().epochs()).isEqualTo(4);
    assertThat(found.bestModel().evaluate(VALIDATION).loss())
        .isEqualTo(found.best().get("val_loss"));
    assertThat(models).hasSize(6);
    assertThat(models.stream().filter(SearchTest::isOpen)).containsExactly(found.bestModel());
    assertThat(found.table().columnNames())
        .containsExactly(
            "trial",
            "rate",
            "units",
            "val_loss",
            "loss",
            "mae",
            "val_mae",
            "epochs",
            "seconds",
            "failure");
    assertThat(found.table().rowCount()).isEqualTo(6);
    assertThat(found.toString()).contains("the best first: by val_loss, less is better");
    assertThat(found.plot().alt()).contains("for 3 values of rate and 2 of units; the best, ");
    found.bestModel().close();
  }

  @Test
  void theSameSeedDrawsAndTrainsTheSame() {
    Space space = space("rate", logUniform(1e-3, 0.3)).and("units", uniform(1, 9).integers());
    var search = search(space, SearchTest::built).random(4).seed(7);
    SearchResult one = search.fit(TRAIN, options(2));
    SearchResult two = search.quiet().fit(TRAIN, options(2));
    SearchResult other = search.seed(8).fit(TRAIN, options(2));

    assertThat(one.trials()).hasSize(4);
    assertThat(figures(two)).isEqualTo(figures(one));
    assertThat(figures(other)).isNotEqualTo(figures(one));
    assertThat(one.plot().alt()).startsWith("4 trials of rate, units and their val_loss; the best");
    assertThat(one.trials())
        .allSatisfy(t -> assertThat(t.settings().integer("units")).isBetween(1, 9));
  }

  private static List<Map<String, Double>> figures(SearchResult found) {
    return found.trials().stream().map(Trial::figures).toList();
  }

  @Test
  void halvingTrainsTheBestForAllEpochsAndLetsTheirModelsGoOn() {
    List<Model> models = new ArrayList<>();
    var space = space("rate", logUniform(1e-4, 0.3)).and("units", 4, 8);
    var search =
        search(
                space,
                s -> {
                  models.add(built(s));
                  return models.get(models.size() - 1);
                })
            .halving(8)
            .seed(3);
    SearchResult found = search.fit(TRAIN, options(8));

    assertThat(models).hasSize(8);
    assertThat(models.stream().filter(SearchTest::isOpen)).containsExactly(found.bestModel());
    assertThat(found.trials()).extracting(Trial::epochs).containsExactly(8, 4, 2, 2, 1, 1, 1, 1);
    // The winner's model is as if it had been trained at once.
    try (var alone = built(found.best().settings())) {
      alone.fit(TRAIN, options(8).seed(3));
      assertThat(alone.evaluate(VALIDATION).loss()).isEqualTo(found.best().get("val_loss"));
    }
  }

  @Test
  void anInterruptKeepsWhatIsDoneAndTheSameSearchGoesOn() {
    for (Function<Search, Search> way :
        List.<Function<Search, Search>>of(s -> s.random(5), s -> s.halving(5))) {
      var space = space("rate", logUniform(1e-3, 0.3)).and("units", 4, 8);
      SearchResult steady =
          way.apply(search(space, SearchTest::built)).seed(5).fit(TRAIN, options(4));
      int[] batches = {0};
      // The same with an interrupt in the middle of a batch now and then.
      var disturbed =
          options(4)
              .callbacks(
                  onBatchEnd(
                      run -> {
                        if (++batches[0] % 13 == 0) {
                          Thread.currentThread().interrupt();
                        }
                      }));
      Search search = way.apply(search(space, SearchTest::built)).seed(5);
      int interrupts = 0;
      SearchResult found = search.found();
      while (found.trials().size() < 5 || found.toString().contains("interrupted")) {
        try {
          found = search.fit(TRAIN, disturbed);
        } catch (InterruptedTraining e) {
          assertThat(Thread.interrupted()).isTrue();
          assertThat(e).hasMessageStartingWith("search was interrupted in trial ");
          interrupts++;
          found = search.found();
          assertThat(interrupts).isLessThan(50);
        }
      }
      assertThat(interrupts).isPositive();
      assertThat(figures(found)).isEqualTo(figures(steady));
      assertThat(search.fit(TRAIN, disturbed).best()).isEqualTo(found.best());
      assertThatThrownBy(() -> search.fit(TRAIN, options(9)))
          .hasMessageStartingWith("search expects the data and options it started with");
    }
  }

  @Test
  void aTrialThatFailsIsARowAndNotTheEnd() {
    var space = space("rate", 1e-2, 1e30, 0.1);
    SearchResult found =
        search(
                space,
                s -> {
                  if (s.number("rate") == 0.1) {
                    throw new IllegalStateException("no model for that");
                  }
                  return linear(s.number("rate"));
                })
            .grid()
            .seed(1)
            .fit(TRAIN, options(3));

    assertThat(found.best().settings().number("rate")).isEqualTo(1e-2);
    assertThat(found.trials().get(1).failure().orElseThrow()).startsWith("The loss became");
    assertThat(found.trials().get(2).failure()).contains("no model for that");
    assertThat(found.toString()).contains("failed with").contains("no model for that");
    assertThat(found.plot().toString()).contains("NaN");

    SearchResult none =
        search(
                space,
                s -> {
                  throw new IllegalStateException("never");
                })
            .grid()
            .fit(TRAIN, options(1));
    assertThatThrownBy(none::best)
        .hasMessage("best expects a finished trial but all 3 failed; trial 1 with: never");
    assertThatThrownBy(none::bestModel).hasMessageContaining("all 3 failed");
  }

  @Test
  void lossesAreNotComparedByTheirOwnValues() {
    var space = space("loss", mse(), huber(0.5), mae());
    Function<Candidate, Model> builder =
        s ->
            sequential(input(2), dense(1)).compile(adam().learningRate(0.1), s.loss("loss"), mae());
    assertThatThrownBy(() -> search(space, builder).grid().fit(TRAIN, options(1)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "search expects a metric to compare different losses by but receives monitor(\"val_loss\") where \"loss\" is a setting: each loss has its own unit, so the smallest number is not the best model; compile with a metric, such as mae(), and call monitor(\"val_mae\").");

    var byDelta =
        search(
                space("delta", 0.1, 1.0),
                s ->
                    sequential(input(2), dense(1)).compile(adam(), huber(s.number("delta")), mae()))
            .grid();
    assertThatThrownBy(() -> byDelta.fit(TRAIN, options(1)))
        .hasMessageContaining("where one model has huber(delta 0.1) and another huber(delta 1)");
    SearchResult found = byDelta.monitor("val_mae").fit(TRAIN, options(1));
    assertThat(found.trials()).hasSize(2);

    found = search(space, builder).grid().monitor("val_mae").fit(TRAIN, options(1));
    assertThat(found.table().columnNames())
        .containsExactly(
            "trial",
            "loss",
            "val_mae",
            "loss (measured)",
            "mae",
            "val_loss",
            "epochs",
            "seconds",
            "failure");
    assertThat(found.toString()).contains("huber(delta 0.5)").contains("loss (measured)");
  }

  @Test
  void aFigureThatNobodyMeasuresIsAnErrorAtOnce() {
    var search = search(RATES, SearchTest::built).grid();
    assertThatThrownBy(() -> search.monitor("val_f1").fit(TRAIN, options(1)))
        .hasMessageStartingWith("search expects to monitor a figure of this run but receives");
    assertThatThrownBy(() -> search.fit(TRAIN, epochs(1).quiet()))
        .hasMessageContaining("give fit a validation(…) dataset");
    assertThatThrownBy(
            () ->
                search(RATES, s -> built(new Candidate(Map.of("unit", 1))))
                    .grid()
                    .fit(TRAIN, options(1)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .satisfies( // it says where in the reader's own function
            e -> assertThat(e.getStackTrace()).anyMatch(at -> at.getMethodName().equals("built")))
        .hasMessage("The space has no setting \"units\": it has unit.");
    assertThatThrownBy(() -> search(RATES, s -> null).grid().fit(TRAIN, options(1)))
        .hasMessageContaining("end it with .compile(…)");
    try (var one = linear(0.1)) {
      assertThatThrownBy(() -> search(RATES, s -> one).grid().fit(TRAIN, options(1)))
          .hasMessageStartingWith("search expects a new model for each candidate");
    }
  }

  @Test
  void theFigureIsThatOfTheWeightsThatStand() {
    SearchResult found =
        search(
                space("rate", 30.0, 0.1),
                s ->
                    sequential(input(2), dense(1))
                        .compile(adam().learningRate(s.number("rate")), mse()))
            .grid()
            .seed(1)
            .fit(TRAIN, options(6).callbacks(earlyStopping().patience(9).restoreBestWeights()));
    assertThat(found.bestModel().evaluate(VALIDATION).loss())
        .isEqualTo(found.best().get("val_loss"));
  }

  @Test
  void aSearchShowsItselfOnceAndStays() {
    Screen.use(new Notepad(shown));
    search(space("rate", 0.01, 1e30), s -> linear(s.number("rate"))).quiet().fit(TRAIN, options(3));
    assertThat(shown).as("the table says what went wrong").isEmpty();
    search(RATES, SearchTest::built).grid().seed(1).fit(TRAIN, epochs(1).validation(VALIDATION));
    assertThat(shown.get(0)).startsWith("[>                   ] trial 1 of 6 · 0 s so far");
    assertThat(shown.get(shown.size() - 2))
        .startsWith("[====================] 6 trials · done in ")
        .contains("best val_loss ")
        .contains("(rate ");
    assertThat(shown.get(shown.size() - 1)).isEqualTo("closed");
    shown.clear();
    search(RATES, SearchTest::built).grid().quiet().fit(TRAIN, options(1));
    assertThat(shown).isEmpty();
  }

  @Test
  void aSpaceSaysWhatIsWrongWithIt() {
    assertThatThrownBy(() -> space("units")).hasMessageContaining("try space(\"units\", 16, 64)");
    assertThatThrownBy(() -> space("a", 1).and("a", 2)).hasMessageContaining("\"a\" twice");
    assertThatThrownBy(() -> space(" ", 1)).hasMessageContaining("a name for each setting");
    assertThatThrownBy(() -> space("a", uniform(0, 1), uniform(2, 3)))
        .hasMessageContaining("values or one interval");
    assertThatThrownBy(() -> uniform(1, 1)).hasMessageStartingWith("uniform expects two numbers");
    assertThatThrownBy(() -> logUniform(0, 1)).hasMessageContaining("try uniform(0.0, 1.0)");
    assertThatThrownBy(() -> search(space("a", uniform(0, 1)), s -> null).grid())
        .hasMessage(
            "grid expects to know how many values of \"a\" to take but receives uniform(0.0, 1.0): call .steps(4) on it, or search at random.");
    assertThatThrownBy(() -> search(RATES, s -> null).fit(null, options(1)))
        .hasMessageStartingWith("search expects data and options to fit but receives null");
    assertThatThrownBy(() -> search(RATES, s -> null).mode(null)).hasMessageContaining("\"null\"");
    assertThatThrownBy(() -> search(null, s -> null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> search(RATES, s -> null).random(0))
        .hasMessage("random expects 1 or more but receives 0.");
    assertThatThrownBy(() -> search(RATES, s -> null).halving(1)).hasMessageContaining("halving");
    var candidate = new Candidate(Map.of("rate", 0.5));
    assertThatThrownBy(() -> candidate.integer("rate")).hasMessageContaining("not a whole number");
    assertThatThrownBy(() -> candidate.loss("rate"))
        .hasMessage(
            "The setting \"rate\" is 0.5, not Loss: get it with get(\"rate\", Double.class).");
  }

  @Test
  void aGridOfAnIntervalHasItsEndsAndRoundNumbers() {
    assertThat(search(space("rate", logUniform(1e-4, 0.1).steps(4)), s -> null).grid().toString())
        .isEqualTo("search(rate: logUniform(1.0E-4, 0.1).steps(4)).grid()");
    assertThat(space("rate", logUniform(1e-4, 0.1).steps(4)).grid())
        .extracting(c -> c.number("rate"))
        .containsExactly(1e-4, 1e-3, 1e-2, 0.1);
    assertThat(space("units", uniform(1, 3).integers().steps(9)).grid())
        .extracting(c -> c.integer("units"))
        .containsExactly(1, 2, 3);
    assertThat(space("a", 1, 2).and("b", "x", "y").drawn(9, 1)).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void theJavadocsExamplesComeToWhatTheyPromise() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/search"), 6);
  }

  @Test
  void aPictureIsThereHoweverFewTrialsThereAre() {
    SearchResult one =
        search(space("rate", 0.1).and("units", 4), SearchTest::built).grid().fit(TRAIN, options(1));
    assertThat(one.plot().alt()).startsWith("1 trial of rate, units and their val_loss");
    SearchResult many =
        search(
                space("rate", 1e-2, 0.1).and("a", 1, 2).and("b", 1).and("c", uniform(0, 1)),
                s -> linear(s.number("rate")))
            .random(8)
            .seed(1)
            .fit(TRAIN, options(1));
    assertThat(many.plot().alt()).startsWith("8 trials of rate, a, c and their val_loss");
  }

  @Test
  void anArrayIsItsValues() {
    assertThat(space("rate", vector(0.1, 0.01)).toString()).isEqualTo("rate: 0.1, 0.01");
    assertThat(space("rate", new int[] {1, 2}).grid()).hasSize(2);
  }

  @Test
  void halvingSpendsTheSameOnEachRound() {
    assertThat(new Strategy.Halving(16, 2).rounds(16, 16))
        .containsExactly(
            new Strategy.Round(1, 8),
            new Strategy.Round(2, 4),
            new Strategy.Round(4, 2),
            new Strategy.Round(8, 1),
            new Strategy.Round(16, 1));
    assertThat(new Strategy.Halving(27, 3).rounds(27, 9))
        .containsExactly(
            new Strategy.Round(1, 9), new Strategy.Round(3, 3), new Strategy.Round(9, 1));
    assertThat(new Strategy.Halving(5, 2).rounds(5, 1)).containsExactly(new Strategy.Round(1, 1));
  }
}
