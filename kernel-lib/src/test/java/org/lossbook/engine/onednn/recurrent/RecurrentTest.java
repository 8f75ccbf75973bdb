package org.lossbook.engine.onednn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Parameters.Vector;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;

/** Sequences beside a reference in double precision: outputs, and gradients by its differences. */
class RecurrentTest {
  private static final Engine ENGINE = OneDnnEngine.instance();
  private static final double STEP = 1e-5;

  /** A sequence to compute, and whether it has a bias, initial states and masks. */
  private record Case(
      Recurrence how,
      int batch,
      int steps,
      int inputs,
      boolean biased,
      boolean started,
      int[] masked) {
    int width() {
      return how.units() * how.cell().gates();
    }

    int states() {
      return how.cell().states();
    }

    int biases() {
      return biased ? width() * (how.cell() == Recurrence.Cell.GRU ? 2 : 1) : 0;
    }

    boolean hasMask() {
      return masked.length > 0;
    }

    /** The mask: sample by sample what {@link #masked} says, from another step on each time. */
    float[] mask() {
      float[] mask = new float[batch * steps];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = hasMask() ? masked[(i + i / steps) % masked.length] : 1;
      }
      return mask;
    }

    /** The sizes of x, the initial states, and the weights. */
    int[] sizes() {
      int units = how.units();
      return new int[] {
        batch * steps * inputs,
        (started ? states() : 0) * batch * units,
        inputs * width(),
        units * width(),
        biases()
      };
    }

    int outputs() {
      return batch * (steps + 1 + states()) * how.units();
    }

    /** All outputs from all inputs, sample by sample. */
    double[] reference(double[][] given) {
      var one = new RecurrentReference(how, inputs, given[2], given[3], given[4]);
      int units = how.units();
      double[] all = new double[outputs()];
      for (int n = 0; n < batch; n++) {
        double[][] initial = new double[states()][units];
        for (int s = 0; started && s < states(); s++) {
          System.arraycopy(given[1], (s * batch + n) * units, initial[s], 0, units);
        }
        double[] its =
            one.run(
                Arrays.copyOfRange(given[0], n * steps * inputs, (n + 1) * steps * inputs),
                initial,
                Arrays.copyOfRange(mask(), n * steps, (n + 1) * steps));
        System.arraycopy(its, 0, all, n * its.length, its.length);
      }
      return all;
    }
  }

  /** What the engine computes: outputs sample by sample, and the gradients of all inputs. */
  private record Result(float[] outputs, float[][] gradients) {}

  private static Result computed(Case given, float[][] numbers, float[] upstream, Mode mode) {
    int units = given.how.units();
    List<Parameter> declared = new ArrayList<>();
    declared.add(parameter("kernel", given.inputs, given.width()));
    declared.add(parameter("recurrent", units, given.width()));
    if (given.biased) {
      declared.add(
          given.how.cell() == Recurrence.Cell.GRU
              ? parameter("bias", 2, given.width())
              : parameter("bias", given.width()));
    }
    try (Parameters parameters = ENGINE.parameters(declared)) {
      for (int i = 0; i < declared.size(); i++) {
        float[] values = numbers[2 + i];
        parameters.write(
            Vector.TRAINABLE, parameters.slots().get(i).offset(), values, values.length);
      }
      Graph graph = ENGINE.graph(parameters, given.batch, mode);
      List<Tensor> inputs = new ArrayList<>();
      inputs.add(graph.inputWithGradient(given.steps, given.inputs));
      List<Tensor> initial = new ArrayList<>();
      for (int s = 0; given.started && s < given.states(); s++) {
        initial.add(graph.inputWithGradient(units));
      }
      inputs.addAll(initial);
      Optional<Tensor> mask =
          given.hasMask() ? Optional.of(graph.input(given.steps)) : Optional.empty();
      mask.ifPresent(inputs::add);
      Recurrence.Outputs made =
          graph.recurrent(
              inputs.get(0),
              given.how,
              initial,
              mask,
              parameters.slot("kernel"),
              parameters.slot("recurrent"),
              given.biased ? Optional.of(parameters.slot("bias")) : Optional.empty());
      List<Tensor> outputs = new ArrayList<>(List.of(made.sequence(), made.last()));
      outputs.addAll(made.states());
      try (Plan plan = graph.plan(inputs, outputs)) {
        float[][] gradients = new float[5][];
        float[] all = new float[given.outputs()];
        for (int run = 0; run < 2; run++) { // the second must not see what the first left
          run(given, numbers, plan, inputs.size(), all);
          if (mode.hasBackward()) {
            runBack(given, upstream, plan, parameters, gradients);
          }
        }
        return new Result(all, gradients);
      }
    }
  }

  private static void run(Case given, float[][] numbers, Plan plan, int inputs, float[] all) {
    int state = given.batch * given.how.units();
    plan.input(0, numbers[0]);
    for (int s = 0; given.started && s < given.states(); s++) {
      plan.input(1 + s, Arrays.copyOfRange(numbers[1], s * state, (s + 1) * state));
    }
    if (given.hasMask()) {
      plan.input(inputs - 1, given.mask());
    }
    plan.forward();
    for (int i = 0; i < 2 + given.states(); i++) {
      int size = (i == 0 ? given.steps : 1) * given.how.units();
      float[] output = new float[given.batch * size];
      plan.output(i, output);
      for (int n = 0; n < given.batch; n++) {
        System.arraycopy(output, n * size, all, place(given, i, n), size);
      }
    }
  }

  private static void runBack(
      Case given, float[] upstream, Plan plan, Parameters parameters, float[][] gradients) {
    int state = given.batch * given.how.units();
    for (int i = 0; i < 2 + given.states(); i++) {
      int size = (i == 0 ? given.steps : 1) * given.how.units();
      float[] gradient = new float[given.batch * size];
      for (int n = 0; n < given.batch; n++) {
        System.arraycopy(upstream, place(given, i, n), gradient, n * size, size);
      }
      plan.outputGradient(i, gradient);
    }
    plan.backward();
    int[] sizes = given.sizes();
    gradients[0] = new float[sizes[0]];
    plan.inputGradient(0, gradients[0]);
    gradients[1] = new float[sizes[1]];
    for (int s = 0; given.started && s < given.states(); s++) {
      float[] gradient = new float[state];
      plan.inputGradient(1 + s, gradient);
      System.arraycopy(gradient, 0, gradients[1], s * state, state);
    }
    for (int i = 2; i < 5; i++) {
      gradients[i] = new float[sizes[i]];
      if (sizes[i] > 0) {
        int offset = parameters.slots().get(i - 2).offset();
        parameters.read(Vector.GRADIENT, offset, gradients[i], sizes[i]);
      }
    }
  }

  /** Where an output of a sample begins among all. */
  private static int place(Case given, int output, int sample) {
    int units = given.how.units();
    int before = output == 0 ? 0 : given.steps + output - 1;
    return (sample * (given.steps + 1 + given.states()) + before) * units;
  }

  private static Parameter parameter(String name, int... shape) {
    return Parameter.trained(name, (values, s, random) -> {}, shape);
  }

  private static float[] noise(Random random, int size, double scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  private static void check(Case given) {
    var random = new Random(given.steps * 31L + given.batch);
    int[] sizes = given.sizes();
    float[][] numbers =
        Arrays.stream(sizes)
            .mapToObj(n -> noise(random, n, given.how.units() > 8 ? 0.15 : 0.6))
            .toArray(float[][]::new);
    float[] upstream = noise(random, given.outputs(), 1);
    double[][] exact = Arrays.stream(numbers).map(RecurrentTest::doubles).toArray(double[][]::new);
    double[] wanted = given.reference(exact);

    Result trained = computed(given, numbers, upstream, Mode.TRAINING);
    Result predicted = computed(given, numbers, upstream, Mode.INFERENCE);

    for (int i = 0; i < wanted.length; i++) {
      double bar = 1e-6 + 2e-6 * Math.abs(wanted[i]);
      assertThat((double) trained.outputs[i])
          .as("%s output %d", given, i)
          .isCloseTo(wanted[i], within(bar));
      assertThat((double) predicted.outputs[i])
          .as("%s predicted %d", given, i)
          .isCloseTo(wanted[i], within(bar));
    }
    for (int k = 0; k < exact.length; k++) {
      int count = Math.min(sizes[k], 40);
      for (int c = 0; c < count; c++) {
        int i = (int) ((long) c * sizes[k] / count);
        double before = exact[k][i];
        exact[k][i] = before + STEP;
        double ahead = dot(given.reference(exact), upstream);
        exact[k][i] = before - STEP;
        double behind = dot(given.reference(exact), upstream);
        exact[k][i] = before;
        double slope = (ahead - behind) / (2 * STEP);
        assertThat((double) trained.gradients[k][i])
            .as("%s gradient of input %d, number %d", given, k, i)
            .isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
      }
    }
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double dot(double[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static final int[] NO_MASK = {};

  private static Recurrence of(Recurrence.Cell cell, int units) {
    return new Recurrence(cell, units, false, false);
  }

  @ParameterizedTest
  @EnumSource(Recurrence.Cell.class)
  void aSequenceIsAsItsFormulasSay(Recurrence.Cell cell) {
    check(new Case(of(cell, 5), 3, 6, 4, true, false, NO_MASK));
    check(new Case(of(cell, 8), 4, 7, 3, true, true, NO_MASK));
  }

  @ParameterizedTest
  @EnumSource(Recurrence.Cell.class)
  void oneStepOneSampleOneInputAndOneUnitAreASequenceToo(Recurrence.Cell cell) {
    check(new Case(of(cell, 1), 1, 1, 1, true, true, NO_MASK));
    check(new Case(of(cell, 3), 1, 4, 2, true, true, NO_MASK));
    check(new Case(of(cell, 3), 5, 1, 2, true, false, NO_MASK));
  }

  @ParameterizedTest
  @EnumSource(Recurrence.Cell.class)
  void thereNeedBeNoBias(Recurrence.Cell cell) {
    check(new Case(of(cell, 5), 3, 4, 2, false, true, NO_MASK));
  }

  @ParameterizedTest
  @EnumSource(Recurrence.Cell.class)
  void aSequenceIsReadBackwards(Recurrence.Cell cell) {
    var backwards = new Recurrence(cell, 5, true, false);
    check(new Case(backwards, 3, 6, 4, true, true, NO_MASK));
    check(new Case(backwards, 3, 6, 4, true, true, new int[] {1, 0, 1, 1, 0}));
  }

  @ParameterizedTest
  @EnumSource(Recurrence.Cell.class)
  void aMaskedStepKeepsTheStates(Recurrence.Cell cell) {
    for (boolean zero : new boolean[] {false, true}) {
      var how = new Recurrence(cell, 5, false, zero);
      check(new Case(how, 3, 6, 4, true, true, new int[] {1, 0, 1, 1, 0}));
      check(new Case(how, 3, 6, 4, true, false, new int[] {0, 0, 1}));
      check(new Case(how, 2, 5, 4, true, true, new int[] {0}));
      check(new Case(how, 2, 5, 4, true, true, new int[] {1}));
      check(new Case(how, 1, 3, 2, true, true, new int[] {1, 1, 0}));
    }
  }

  @ParameterizedTest
  @EnumSource(Recurrence.Cell.class)
  void widthsThatFillVectorRegistersAreAsExact(Recurrence.Cell cell) {
    check(new Case(of(cell, 32), 8, 12, 16, true, true, NO_MASK));
    check(new Case(of(cell, 37), 5, 9, 11, true, true, new int[] {1, 1, 1, 0, 1}));
  }

  /** A batch large enough that its parts run on threads of their own, beside its samples alone. */
  @ParameterizedTest
  @EnumSource(Recurrence.Cell.class)
  void samplesOfALargeBatchAreAsIfTheyWereAlone(Recurrence.Cell cell) {
    var random = new Random(8);
    var all = new Case(of(cell, 64), 9, 20, 16, true, true, NO_MASK);
    var alone = new Case(all.how, 1, 20, 16, true, true, NO_MASK);
    float[][] numbers =
        Arrays.stream(all.sizes()).mapToObj(n -> noise(random, n, 0.1)).toArray(float[][]::new);
    float[] upstream = noise(random, all.outputs(), 1);
    Result together = computed(all, numbers, upstream, Mode.TRAINING);

    double[][] sums = new double[5][numbers[3].length];
    for (int n = 0; n < all.batch; n++) {
      float[][] its = numbers.clone();
      its[0] = part(numbers[0], n, alone.sizes()[0]);
      its[1] = new float[all.states() * 64];
      for (int s = 0; s < all.states(); s++) {
        System.arraycopy(numbers[1], (s * all.batch + n) * 64, its[1], s * 64, 64);
      }
      Result one = computed(alone, its, part(upstream, n, alone.outputs()), Mode.TRAINING);
      assertClose(part(together.outputs, n, alone.outputs()), doubles(one.outputs), 1e-6);
      assertClose(part(together.gradients[0], n, its[0].length), doubles(one.gradients[0]), 1e-5);
      for (int k = 2; k < 5; k++) {
        for (int i = 0; i < numbers[k].length; i++) {
          sums[k][i] += one.gradients[k][i];
        }
      }
    }
    for (int k = 2; k < 5; k++) {
      assertClose(together.gradients[k], sums[k], 1e-4);
    }
  }

  private static float[] part(float[] all, int number, int size) {
    return Arrays.copyOfRange(all, number * size, (number + 1) * size);
  }

  private static void assertClose(float[] given, double[] wanted, double bar) {
    for (int i = 0; i < given.length; i++) {
      assertThat((double) given[i]).isCloseTo(wanted[i], within(bar * (1 + Math.abs(wanted[i]))));
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeNativeCodeReadsIt() {
    try (Parameters parameters =
        ENGINE.parameters(
            List.of(
                parameter("kernel", 4, 12),
                parameter("recurrent", 3, 12),
                parameter("bias", 12),
                parameter("narrow", 4, 9)))) {
      Graph graph = ENGINE.graph(parameters, 2, Mode.TRAINING);
      Tensor x = graph.input(5, 4);
      refused(graph, parameters, graph.input(5), "kernel", List.of(), Optional.empty())
          .hasMessageStartingWith(
              "A recurrent operation expects sequences [batch, steps, inputs] but receives (None, 5)");
      refused(graph, parameters, x, "narrow", List.of(), Optional.empty())
          .hasMessageContaining("a kernel [4, 12] but receives [4, 9]");
      refused(graph, parameters, x, "kernel", List.of(x), Optional.empty())
          .hasMessageContaining("2 initial states, or none but receives 1");
      refused(graph, parameters, x, "kernel", List.of(x, x), Optional.empty())
          .hasMessageContaining("an initial state (None, 3) but receives (None, 5, 4)");
      refused(graph, parameters, x, "kernel", List.of(), Optional.of(graph.input(4)))
          .hasMessageContaining("a mask (None, 5) but receives (None, 4)");
      refused(graph, parameters, graph.input(100_000_000, 4), "kernel", List.of(), Optional.empty())
          .hasMessageContaining("use smaller batches or shorter sequences");
    }
  }

  private static AbstractThrowableAssert<?, ?> refused(
      Graph graph,
      Parameters parameters,
      Tensor x,
      String kernel,
      List<Tensor> states,
      Optional<Tensor> mask) {
    return assertThatThrownBy(
            () ->
                graph.recurrent(
                    x,
                    of(Recurrence.Cell.LSTM, 3),
                    states,
                    mask,
                    parameters.slot(kernel),
                    parameters.slot("recurrent"),
                    Optional.of(parameters.slot("bias"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
