package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.data.DataException;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;
import org.lossbook.notebook.InterruptedWork;

/** An interrupted cell ends, whatever it was about; the time limits stand for ever. */
@Timeout(120)
class InterruptTest {
  /** What {@code work} threw once it was interrupted; it must have left the thread interrupted. */
  private static Throwable interrupted(Runnable work) throws InterruptedException {
    var thrown = new AtomicReference<Throwable>();
    var still = new AtomicBoolean();
    var cell =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                thrown.set(e);
              }
              still.set(Thread.currentThread().isInterrupted());
            },
            "cell");
    cell.setDaemon(true);
    cell.start();
    Thread.sleep(400);
    cell.interrupt();
    cell.join(60_000);
    assertThat(cell.isAlive()).as("it goes on after its interrupt").isFalse();
    assertThat(still).isTrue();
    return thrown.get();
  }

  private static double[][] places(int rows) {
    var random = new Random(1);
    double[][] places = new double[rows][8];
    for (double[] row : places) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextGaussian() / 3;
      }
    }
    return places;
  }

  private static double[] groups(int rows) {
    return new Random(2).ints(rows, 0, 3).asDoubleStream().toArray();
  }

  /** What {@code work} throws where the cell was interrupted already. */
  private static Throwable atOnce(Runnable work) {
    Thread.currentThread().interrupt();
    try {
      work.run();
      return null;
    } catch (RuntimeException e) {
      return e;
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aDescentOfAnyLengthEnds() throws InterruptedException {
    var descent =
        descend(
            x -> {
              Expr e = x.times(1e-3);
              for (int i = 0; i < 100; i++) {
                e = e.times(e).plus(e);
              }
              return e.square();
            },
            3,
            sgd().learningRate(1e-9));
    assertThat(interrupted(() -> descent.steps(1_000_000)))
        .isInstanceOf(InterruptedWork.class)
        .hasMessageMatching("descend was interrupted after [\\d,]+ of 1,000,000 steps\\.");
  }

  @Test
  void aLossThatComparesManySamplesEnds() {
    double[] y = groups(20);
    double[][] p = places(20);
    for (Loss loss : new Loss[] {triplet(), circle()}) {
      assertThat(atOnce(() -> loss.gradient(y, p)))
          .isInstanceOf(InterruptedWork.class)
          .hasMessage(loss.name() + " was interrupted after 0 of 20 samples.");
    }
  }

  @Test
  void fitEndsInTheMiddleOfABatchThatTakesLong() throws InterruptedException {
    double[] y = groups(5000);
    double[][] x = places(5000);
    try (var model = sequential(input(8), dense(8)).compile(sgd(), triplet())) {
      Throwable thrown = interrupted(() -> model.fit(x, y, epochs(3).batchSize(5000).quiet()));
      assertThat(thrown)
          .isInstanceOf(InterruptedTraining.class)
          .hasMessageStartingWith("fit was interrupted in epoch 1 of 3");
      assertThat(model.history().stopped()).isPresent();
    }
  }

  @Test
  void evaluateEndsInTheMiddleOfABatchThatTakesLong() {
    double[] y = groups(20);
    double[][] x = places(20);
    try (var model = sequential(input(8), dense(8)).compile(sgd(), triplet())) {
      assertThat(atOnce(() -> model.evaluate(x, y))).isInstanceOf(InterruptedTraining.class);
    }
  }

  @Test
  void worksOfOneNumberAfterTheOtherEnd() {
    double[] y = new double[30];
    assertThat(atOnce(() -> mse().explain(y, y)))
        .isInstanceOf(InterruptedWork.class)
        .hasMessage("explain was interrupted after 0 of 30 samples.");
    assertThat(atOnce(() -> dice().explain(y, y)))
        .isInstanceOf(InterruptedWork.class)
        .hasMessage("explain was interrupted after 0 of 30 samples.");
  }

  @Test
  void figuresOfASlowFunctionEnd() {
    assertThat(atOnce(() -> contour("slow", (a, b) -> a * b).figure()))
        .isInstanceOf(InterruptedWork.class)
        .hasMessageStartingWith("contour was interrupted before its");
    assertThat(cosineDecay(0.1, 1000).plot(Integer.MAX_VALUE).mimeBundle()).isNotEmpty();
  }

  @Test
  void dataThatIsMadeEnds() {
    for (Runnable made :
        new Runnable[] {
          () -> makeClassification(100).table(),
          () -> makeRegression(100).table(),
          () -> makeMoons(100).table(),
          () -> makeBlobs(100).table()
        }) {
      assertThat(atOnce(made))
          .isInstanceOf(DataException.Interrupted.class)
          .hasMessageMatching("make\\w+ was interrupted after 0 of 100 rows\\.");
    }
  }
}
