package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adafactor;
import static org.lossbook.Lossbook.adagrad;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.adamw;
import static org.lossbook.Lossbook.cosineDecay;
import static org.lossbook.Lossbook.ftrl;
import static org.lossbook.Lossbook.lamb;
import static org.lossbook.Lossbook.lion;
import static org.lossbook.Lossbook.muon;
import static org.lossbook.Lossbook.rmsprop;
import static org.lossbook.Lossbook.sgd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lossbook.config.Config;
import org.lossbook.engine.Parameter;
import org.lossbook.optimizer.schedule.Schedule;

class OptimizerTest {
  private static final List<Optimizer> ALL =
      Stream.concat(
              OptimizerRegistry.OPTIMIZERS.classes().stream()
                  .map(OptimizerRegistry.OPTIMIZERS::read),
              Stream.of(
                  adam().beta2(0.9).amsgrad(),
                  adamw().weightDecay(0),
                  rmsprop().momentum(0.9),
                  rmsprop().centered(),
                  sgd().momentum(0.9),
                  sgd().learningRate(0.1).momentum(0.9).nesterov(),
                  sgd().clipValue(0.3).weightDecay(0.1),
                  ftrl().learningRate(0.1).l1RegularizationStrength(0.1),
                  lamb().clipValue(0.3).weightDecay(0.1),
                  adam().learningRate(cosineDecay(0.01, 7).warmup(3))))
          .toList();

  @Test
  void aChunkedVectorMovesAsOneVectorDoes() {
    int size = 2 * Optimizer.CHUNK + 17;
    Map<String, Integer> lengths = Map.of("u_product", 1, "r", 0, "c", 0);
    var random = new Random(1);
    for (Optimizer optimizer : ALL) {
      float[] gradients = randoms(size, random);
      float[] start = randoms(size, random);
      float[] all = start.clone();
      Optimizer.Updater updater = optimizer.start(size);
      for (int step = 0; step < 3; step++) {
        step(updater, all, gradients);
      }
      // The last number alone must come to the same.
      float[] last = {start[size - 1]};
      Optimizer.Updater single = optimizer.start(1);
      for (int step = 0; step < 3; step++) {
        step(single, last, new float[] {gradients[size - 1]});
      }
      assertThat(all[size - 1]).as(optimizer.toString()).isEqualTo(last[0]);
      assertThat(updater.state())
          .allSatisfy(
              (name, state) ->
                  assertThat(state).as(name).hasSize(lengths.getOrDefault(name, size)));
    }
  }

  @Test
  void gradientsThatDieOutLeaveNoSubnormalNumbers() {
    for (Optimizer optimizer : ALL) {
      float[] weights = {1};
      Optimizer.Updater updater = optimizer.start(1);
      float gradient = 1e-3f;
      for (int step = 0; step < 30_000; step++) {
        step(updater, weights, new float[] {gradient});
        gradient *= 0.5f;
        for (float[] state : updater.state().values()) {
          if (state.length == 0) {
            continue; // adafactor's rows and columns
          }
          assertThat(state[0] == 0 || Math.abs(state[0]) >= Float.MIN_NORMAL)
              .as("%s, step %d: %s", optimizer, step, state[0])
              .isTrue();
        }
      }
    }
  }

  @Test
  void whatWasTakenGoesOnAsIfItHadNeverStopped() {
    for (Optimizer optimizer : ALL) {
      int size = Optimizer.CHUNK + 5;
      Optimizer.Updater whole = optimizer.start(size);
      float[] weights = new float[size];
      steps(whole, weights, 5, new Random(3));
      Optimizer.Updater second = optimizer.start(size);
      second.restore(whole.state(), whole.step());
      float[] again = weights.clone();
      steps(whole, weights, 5, new Random(4));
      steps(second, again, 5, new Random(4));
      assertThat(again).as(optimizer.toString()).isEqualTo(weights);
      assertThat(second.step()).isEqualTo(10);
    }
  }

  @Test
  void aStateOfAnotherRuleOrModelIsAnswered() {
    Optimizer.Updater updater = adam().start(3);
    assertThatThrownBy(() -> updater.restore(Map.of("momentum", new float[3]), 1))
        .hasMessage(
            "adam expects a state of [momentum, velocity] but receives [momentum]: it is that of"
                + " another optimizer.");
    assertThatThrownBy(
            () ->
                updater.restore(
                    Map.of("momentum", new float[3], "velocity", new float[] {1, 2}), 1))
        .hasMessage(
            "adam expects 3 numbers of velocity but receives 2: the state is that of another"
                + " model.");
    assertThat(updater.step()).isZero();
  }

  @Test
  void theRateOfTheStepsToComeCanBeSet() {
    Optimizer.Updater updater = sgd().start(1);
    float[] weights = {1};
    updater.learningRate(0.5);
    updater.beginStep();
    updater.update(weights, new float[] {1}, 0, 1);
    assertThat(weights[0]).isEqualTo(0.5f);
    assertThat(updater.learningRate()).isEqualTo(0.5);
    assertThatThrownBy(() -> updater.learningRate(Double.NaN))
        .hasMessage(
            "sgd expects a learning rate of 0 or more but receives NaN: 0.001 is a usual one.");
  }

  @Test
  void aStepAllocatesNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    for (Optimizer optimizer : ALL) {
      Optimizer.Updater updater = optimizer.start(3);
      ClippedNorms norms = new Clipping(Clipping.Kind.GLOBAL_NORM, 1).over(1, 2);
      float[] weights = {1, 2, 3};
      float[] gradients = {1, 0, -1};
      Runnable step =
          () -> {
            norms.clip(gradients);
            updater.beginStep();
            updater.surveyAll(weights, gradients, 0, 3);
            updater.update(weights, gradients, 0, 3);
          };
      for (int i = 0; i < 20_000; i++) {
        step.run();
      }
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 1000; i++) {
        step.run();
      }
      assertThat((threads.getThreadAllocatedBytes(thread) - before) / 1000)
          .as(optimizer.toString())
          .isZero();
    }
  }

  @Test
  void settingsOutOfTheirRangeAreAnswered() {
    assertThatThrownBy(() -> adam().learningRate(0))
        .hasMessage(
            "adam expects a learning rate above 0 but receives 0.0: 0.001 is a good first choice.");
    assertThatThrownBy(() -> sgd().momentum(1))
        .hasMessage(
            "sgd expects momentum of at least 0 and below 1 but receives 1.0: 0.9 is the usual"
                + " one.");
    assertThatThrownBy(() -> adam().epsilon(Double.NaN))
        .hasMessageStartingWith("adam expects an epsilon above 0");
    assertThatThrownBy(() -> adam().beta2(-0.1)).hasMessageStartingWith("adam expects beta2");
    assertThatThrownBy(() -> adam().learningRate((Schedule) null))
        .hasMessage(
            "adam expects a number or a schedule as learning rate but receives null:"
                + " cosineDecay(1e-3, 1000) is one.");
    assertThatThrownBy(() -> lion().beta1(0)).hasMessageStartingWith("lion expects beta1 above 0");
    assertThatThrownBy(() -> sgd().clipNorm(0))
        .hasMessage("sgd expects a clipNorm above 0 but receives 0.0: 1 is a good first choice.");
    assertThatThrownBy(() -> sgd().clipNorm(1).clipValue(2))
        .hasMessage(
            "sgd expects one way of clipping but receives clipValue(2.0) after clipNorm(1.0):"
                + " choose one.");
    assertThatThrownBy(() -> adam().weightDecay(-1))
        .hasMessage(
            "adam expects a weightDecay of 0 or more but receives -1.0: 0.004 is a usual one.");
    assertThatThrownBy(() -> adagrad().initialAccumulatorValue(-1))
        .hasMessageStartingWith("adagrad expects an initialAccumulatorValue of 0 or more");
    assertThatThrownBy(() -> ftrl().l1RegularizationStrength(-1))
        .hasMessage(
            "ftrl expects an l1RegularizationStrength of 0 or more but receives -1.0: 0.01 is a"
                + " usual one.");
    assertThatThrownBy(() -> ftrl().learningRatePower(0.5))
        .hasMessage(
            "ftrl expects a learningRatePower of 0 or less but receives 0.5: -0.5 is the usual"
                + " one.");
    assertThatThrownBy(() -> cosineDecay(0.1, 0))
        .hasMessage("cosineDecay expects decaySteps of 1 or more but receives 0.");
  }

  @Test
  void aScheduleThatGivesNoRateIsAnswered() {
    Optimizer.Updater updater = sgd().learningRate(step -> 0.1 - 0.1 * step).start(1);
    updater.beginStep();
    updater.beginStep();
    assertThatThrownBy(updater::beginStep)
        .hasMessage(
            "sgd expects a schedule that gives 0 or more but receives -0.1 for step 2: look at what"
                + " the schedule gives there.");
  }

  @Test
  void aScheduleIsAskedByTheStepsTakenBefore() {
    Optimizer.Updater updater = sgd().learningRate(step -> 1 + step).start(1);
    float[] weights = {0};
    for (int step = 0; step < 3; step++) {
      assertThat(updater.learningRate()).isEqualTo(1 + step);
      updater.beginStep();
      updater.update(weights, new float[] {-1}, 0, 1);
    }
    assertThat(weights[0]).isEqualTo(1 + 2 + 3);
    updater.learningRate(10);
    updater.beginStep();
    updater.update(weights, new float[] {-1}, 0, 1);
    assertThat(weights[0]).isEqualTo(16);
  }

  @Test
  void anOptimizerReadsAsItIsWritten() {
    assertThat(adam()).hasToString("adam()");
    assertThat(sgd().learningRate(0.1).momentum(0.9).nesterov())
        .hasToString("sgd().learningRate(0.1).momentum(0.9).nesterov()");
    assertThat(adam().learningRate(cosineDecay(0.1, 10)).clipNorm(1))
        .hasToString("adam().learningRate(cosineDecay(…)).clipNorm(1.0)");
    assertThat(sgd().learningRate(0.1).learningRate(0.2)).hasToString("sgd().learningRate(0.2)");
  }

  @Test
  void whatAnOptimizerSaysOfItselfMakesItAnew() {
    for (Optimizer optimizer : ALL) {
      Optimizer again = OptimizerRegistry.OPTIMIZERS.read(optimizer.config().orElseThrow());
      assertThat(again.formula()).hasToString(optimizer.formula().toString());
      assertThat(again.config()).isEqualTo(optimizer.config());
    }
    assertThat(OptimizerRegistry.OPTIMIZERS.read(adam().config().orElseThrow()))
        .hasToString("adam()");
    assertThat(sgd().learningRate(step -> 0.1).config()).isEmpty();
    assertThatThrownBy(
            () ->
                OptimizerRegistry.OPTIMIZERS.read(adam().config().orElseThrow().with("decay", 0.5)))
        .hasMessage(
            "Adam expects 0 for decay but the file says 0.5: Lossbook supports nothing else.");
    assertThatThrownBy(
            () -> OptimizerRegistry.OPTIMIZERS.read(Config.of("keras.optimizers", "Rprop")))
        .hasMessageStartingWith("Lossbook has no optimizer Rprop: it has [Adadelta,");
  }

  @Test
  void aMatrixThatReachesOverChunksMovesAsKerasSays() {
    // Rows of 3 numbers: the end of a chunk lies within one.
    int rows = Optimizer.CHUNK / 3 + 10;
    List<Parameter> parameters =
        List.of(
            Parameter.trained("bias", (into, shape, random) -> {}, 5),
            Parameter.trained("kernel", (into, shape, random) -> {}, rows, 3));
    float[] start = randoms(5 + 3 * rows, new Random(1));
    float[] gradients = randoms(start.length, new Random(2));
    float[] moved = start.clone();
    step(adafactor().learningRate(0.5).start(parameters), moved, gradients);
    double[] ofRows = new double[rows];
    double[] ofColumns = new double[3];
    double all = 0;
    double weights = 0;
    for (int i = 0; i < 3 * rows; i++) {
      double square = Math.pow(gradients[5 + i], 2);
      ofRows[i / 3] += square / 3;
      ofColumns[i % 3] += square / rows;
      all += square / (3 * rows);
      weights += Math.pow(start[5 + i], 2) / (3 * rows);
    }
    double updates = 0;
    for (int i = 0; i < 3 * rows; i++) {
      updates += Math.pow(gradients[5 + i], 2) * all / (ofRows[i / 3] * ofColumns[i % 3]);
    }
    double alpha = 0.5 * Math.sqrt(weights) / Math.max(1, Math.sqrt(updates / (3 * rows)));
    for (int i = 0; i < 3 * rows; i++) {
      double u = gradients[5 + i] * Math.sqrt(all / (ofRows[i / 3] * ofColumns[i % 3]));
      assertThat((double) moved[5 + i]).isCloseTo(start[5 + i] - alpha * u, within(1e-5));
    }
  }

  @Test
  void muonMakesTheStepOfAMatrixNearlyOrthogonal() {
    var parameters = List.of(Parameter.trained("dense/kernel", (into, s, random) -> {}, 40, 3));
    float[] moved = new float[120];
    step(
        muon().learningRate(1).rmsRate(0).nsSteps(20).muonFactors(1.5, -0.5, 0).start(parameters),
        moved,
        randoms(120, new Random(1)));
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double product = 0;
        for (int row = 0; row < 40; row++) {
          product += moved[3 * row + a] * moved[3 * row + b];
        }
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-4));
      }
    }
  }

  private static void steps(Optimizer.Updater updater, float[] all, int steps, Random random) {
    for (int step = 0; step < steps; step++) {
      float[] gradients = randoms(all.length, random);
      step(updater, all, gradients);
    }
  }

  private static void step(Optimizer.Updater updater, float[] all, float[] gradients) {
    updater.beginStep();
    for (int pass = 0; pass < updater.surveys(); pass++) {
      for (int offset = 0; offset < all.length; offset += Optimizer.CHUNK) {
        int count = Math.min(Optimizer.CHUNK, all.length - offset);
        float[] weights = Arrays.copyOfRange(all, offset, offset + count);
        float[] part = Arrays.copyOfRange(gradients, offset, offset + count);
        updater.survey(pass, weights, part, offset, count);
      }
      updater.surveyed(pass);
    }
    for (int offset = 0; offset < all.length; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, all.length - offset);
      float[] weights = Arrays.copyOfRange(all, offset, offset + count);
      float[] part = Arrays.copyOfRange(gradients, offset, offset + count);
      updater.update(weights, part, offset, count);
      System.arraycopy(weights, 0, all, offset, count);
    }
  }

  private static float[] randoms(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
