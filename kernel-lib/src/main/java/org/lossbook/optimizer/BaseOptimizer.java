package org.lossbook.optimizer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.optimizer.schedule.OptimizerChecks;
import org.lossbook.optimizer.schedule.Schedule;
import org.lossbook.optimizer.schedule.ScheduleRegistry;
import org.lossbook.optimizer.schedule.ScheduleSymbols;

/**
 * Base class of all optimizers: learning rate or schedule, gradient clipping, gradient
 * accumulation, weight decay and weight averaging. Each chained call returns a changed copy.
 *
 * @param <O> the optimizer itself, so that chained calls keep its type
 */
public abstract class BaseOptimizer<O extends BaseOptimizer<O>> extends Refined<O>
    implements Optimizer {
  /** Keras's module of all optimizers. */
  static final String MODULE = "keras.optimizers";

  private final String className;
  private final String name;
  private double learningRate;
  private Optional<Schedule> schedule = Optional.empty();
  private Clipping clipping = Clipping.NONE;
  private double weightDecay;
  private int accumulation = 1;
  private Optional<WeightAverage> averaging = Optional.empty();
  private final double usualDecay;
  private Map<String, String> calls = Map.of();

  /**
   * With Keras's defaults.
   *
   * @param className as Keras has it; in small letters it is the name
   */
  BaseOptimizer(String className, double learningRate, double weightDecay) {
    this.className = className;
    name = className.toLowerCase(Locale.ROOT);
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    usualDecay = weightDecay;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final double learningRate() {
    return schedule.map(rates -> rates.at(0)).orElse(learningRate);
  }

  @Override
  public final Optional<Schedule> schedule() {
    return schedule;
  }

  @Override
  public final Clipping clipping() {
    return clipping;
  }

  @Override
  public final double weightDecay() {
    return weightDecay;
  }

  /**
   * The same with another learning rate.
   *
   * @throws IllegalArgumentException where it is not above 0
   */
  public final O learningRate(double value) {
    OptimizerChecks.firstLearningRate(name, value);
    return with(
        "learningRate",
        value,
        copy -> {
          BaseOptimizer<?> to = copy;
          to.learningRate = value;
          to.schedule = Optional.empty();
        });
  }

  /**
   * The same with a learning rate that changes with the steps: {@code cosineDecay(1e-3, 1000)}, or
   * your own, {@code step -> 0.1 / (1 + step)}.
   *
   * @throws IllegalArgumentException where there is no schedule
   */
  public final O learningRate(Schedule rates) {
    if (rates == null) {
      throw Messages.wrong(
          "%s expects a number or a schedule as learning rate but receives null: cosineDecay(1e-3, 1000) is one.",
          name);
    }
    return with(
        "learningRate",
        ScheduleSymbols.call(rates),
        copy -> {
          BaseOptimizer<?> to = copy;
          to.schedule = Optional.of(rates);
        });
  }

  /**
   * The same with decoupled weight decay: before each update the weights shrink by this share,
   * times the learning rate. It applies to all weights, biases included, as in Keras.
   *
   * <p>Loshchilov and Hutter, <a href="https://arxiv.org/abs/1711.05101">Decoupled Weight Decay
   * Regularization</a>, 2017.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public final O weightDecay(double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "%s expects a weightDecay of 0 or more but receives %s: 0.004 is a usual one.",
          name, value);
    }
    return with(
        "weightDecay",
        value,
        copy -> {
          BaseOptimizer<?> to = copy;
          to.weightDecay = value;
        });
  }

  @Override
  public O withoutWeightDecay() {
    return weightDecay(0);
  }

  /**
   * The same with gradients clipped by value: each number is limited to ±{@code limit}.
   *
   * @throws IllegalArgumentException where it is not above 0, or gradients are clipped otherwise
   */
  public final O clipValue(double limit) {
    return clipped(Clipping.Kind.VALUE, limit);
  }

  /**
   * The same with gradients clipped by norm: each parameter's gradient is scaled down to the norm
   * {@code limit} where it is longer, keeping its direction.
   *
   * @throws IllegalArgumentException where it is not above 0, or gradients are clipped otherwise
   */
  public final O clipNorm(double limit) {
    return clipped(Clipping.Kind.NORM, limit);
  }

  /**
   * The same with gradients clipped by their global norm: the gradient of all parameters together
   * is scaled down to the norm {@code limit} where it is longer, keeping its direction.
   *
   * <p>Pascanu, Mikolov and Bengio, <a href="https://arxiv.org/abs/1211.5063">On the difficulty of
   * training recurrent neural networks</a>, 2012.
   *
   * @throws IllegalArgumentException where it is not above 0, or gradients are clipped otherwise
   */
  public final O globalClipNorm(double limit) {
    return clipped(Clipping.Kind.GLOBAL_NORM, limit);
  }

  /**
   * The same with gradient accumulation: the weights are updated by the mean gradient of so many
   * steps, as on a batch that many times larger. Keras's {@code gradient_accumulation_steps}: a
   * learning rate schedule counts every step; the update rule and an average of the weights count
   * updates.
   *
   * <pre>
   * {@code adam().gradientAccumulationSteps(4)   // batches of 32 move the weights as 128 would}
   * </pre>
   *
   * @throws IllegalArgumentException for less than 2
   */
  public final O gradientAccumulationSteps(int steps) {
    if (steps < 2) {
      throw Messages.wrong(
          "%s expects gradientAccumulationSteps of 2 or more but receives %d: leave it out to move the weights in every step.",
          name, steps);
    }
    return with(
        "gradientAccumulationSteps",
        steps,
        copy -> {
          BaseOptimizer<?> to = copy;
          to.accumulation = steps;
        });
  }

  /**
   * The same with an exponential moving average of the weights, \(\bar w \leftarrow m \bar w + (1 -
   * m) w\) after every step, m = 0.99, which replaces them when a {@code fit} ends: the weights
   * jump around the minimum, their average lies closer to it. Keras's {@code use_ema}.
   *
   * <p>Until then, validation, checkpoints and an interrupted fit use the weights themselves. The
   * next fit continues from the average.
   */
  public final O useEma() {
    return averaged("useEma", "", averaging.orElse(WeightAverage.USUAL));
  }

  /**
   * The same as {@link #useEma()} with another momentum m.
   *
   * @param momentum the share of the average that is kept in each step: 0.999 averages over ten
   *     times as many steps as 0.99
   * @throws IllegalArgumentException where it is not from 0 to 1
   */
  public final O emaMomentum(double momentum) {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw Messages.wrong(
          "%s expects an emaMomentum from 0 to 1 but receives %s: 0.99 is the usual one.",
          name, momentum);
    }
    return averaged(
        "emaMomentum", momentum, averaging.orElse(WeightAverage.USUAL).momentum(momentum));
  }

  /**
   * The same as {@link #useEma()}, where the average also replaces the weights every so many steps,
   * and training continues from it.
   *
   * @throws IllegalArgumentException for less than 1
   */
  public final O emaOverwriteFrequency(int steps) {
    if (steps < 1) {
      throw Messages.wrong(
          "%s expects an emaOverwriteFrequency of 1 step or more but receives %d: leave it out to take the average at the end of fit alone.",
          name, steps);
    }
    return averaged(
        "emaOverwriteFrequency",
        steps,
        averaging.orElse(WeightAverage.USUAL).overwriteFrequency(steps));
  }

  private O averaged(String call, Object value, WeightAverage average) {
    return with(
        call,
        value,
        copy -> {
          BaseOptimizer<?> to = copy;
          to.averaging = Optional.of(average);
        });
  }

  final int accumulation() {
    return accumulation;
  }

  final Optional<WeightAverage> averaging() {
    return averaging;
  }

  private O clipped(Clipping.Kind kind, double limit) {
    if (!(limit > 0) || Double.isInfinite(limit)) {
      throw Messages.wrong(
          "%s expects a %s above 0 but receives %s: 1 is a good first choice.",
          name, kind.call(), limit);
    }
    if (clipping.kind() != Clipping.Kind.NONE && clipping.kind() != kind) {
      throw Messages.wrong(
          "%s expects one way of clipping but receives %s(%s) after %s(%s): choose one.",
          name, kind.call(), limit, clipping.kind().call(), clipping.limit());
    }
    return with(
        kind.call(),
        limit,
        copy -> {
          BaseOptimizer<?> to = copy;
          to.clipping = new Clipping(kind, limit);
        });
  }

  @Override
  public final Optional<Config> config() {
    Optional<Config> rates = schedule.flatMap(Schedule::config);
    if (schedule.isPresent() && rates.isEmpty()) {
      return Optional.empty();
    }
    Config config =
        Config.of(MODULE, className)
            .with("name", name)
            .with("learning_rate", rates.map(Object.class::cast).orElse(learningRate))
            .with(
                "weight_decay", weightDecay > 0 || usualDecay > 0 ? weightDecay : Optional.empty());
    for (Clipping.Kind kind : Clipping.Kind.values()) {
      if (kind != Clipping.Kind.NONE) {
        Object limit = kind == clipping.kind() ? clipping.limit() : Optional.empty();
        config = config.with(kind.kerasName(), limit);
      }
    }
    if (averaging.isPresent()) {
      WeightAverage average = averaging.get();
      config =
          config
              .with("use_ema", true)
              .with("ema_momentum", average.momentum())
              .with("ema_overwrite_frequency", average.overwriteFrequency());
    }
    if (accumulation > 1) {
      config = config.with("gradient_accumulation_steps", accumulation);
    }
    return Optional.of(settings(config));
  }

  /** Adds this optimizer's own settings by Keras's names. */
  abstract Config settings(Config to);

  /** This with the settings of a file. */
  O read(Settings settings) {
    settings
        .ignore("name", "ema_momentum", "ema_overwrite_frequency")
        .ignore("loss_scale_factor", "jit_compile") // of float16, and of TensorFlow
        .requireOneOf("decay", 0);
    Optional<Object> rate = settings.value("learning_rate");
    O made = with(copy -> {});
    if (rate.isPresent() && rate.get() instanceof Config rates) {
      made = made.learningRate(ScheduleRegistry.SCHEDULES.read(rates));
    } else {
      double value = settings.number("learning_rate", learningRate);
      made = value == learningRate ? made : made.learningRate(value);
    }
    double decay = settings.number("weight_decay", weightDecay);
    made = decay == weightDecay ? made : made.weightDecay(decay);
    for (Clipping.Kind kind : Clipping.Kind.values()) {
      double limit = kind == Clipping.Kind.NONE ? 0 : settings.number(kind.kerasName(), 0);
      if (limit > 0) { // Keras takes 0 and less as none
        BaseOptimizer<O> from = made;
        made = from.clipped(kind, limit);
      }
    }
    return gathering(made, settings);
  }

  private static <O extends BaseOptimizer<O>> O gathering(O plain, Settings settings) {
    O made = plain;
    if (settings.flag("use_ema", false)) {
      made = made.useEma();
      double momentum = settings.number("ema_momentum", WeightAverage.USUAL.momentum());
      made = momentum == WeightAverage.USUAL.momentum() ? made : made.emaMomentum(momentum);
      int frequency = settings.integer("ema_overwrite_frequency", 0);
      made = frequency == 0 ? made : made.emaOverwriteFrequency(frequency);
    }
    int steps = settings.integer("gradient_accumulation_steps", 0);
    return steps == 0 || steps == 1 ? made : made.gradientAccumulationSteps(steps);
  }

  @Override
  public final UpdateRule formula() {
    return UpdateRule.of(this, this::write);
  }

  /**
   * One step worked out with your numbers: each equation of {@link #formula} for each weight, from
   * the gradient to the new weight.
   *
   * <pre>{@code
   * sgd().learningRate(0.1).explain(0.5, 0.2).weights()[0]      // 0.48
   * }</pre>
   *
   * @param weights numbers of any shape, taken as one parameter
   * @param gradient of the shape of the weights
   * @throws IllegalArgumentException where the gradient has another shape
   */
  public final StepExplanation explain(Object weights, Object gradient) {
    return steps().explain(weights, gradient);
  }

  /**
   * Several steps in a row: the first one's lines, and a table of all with what the optimizer
   * remembers between them.
   *
   * <pre>{@code
   * adam().learningRate(0.1).explain(0.5, 0.2, 0.2, -0.1).weights()[0]   // 0.2484
   * }</pre>
   *
   * @param weights numbers of any shape, taken as one parameter
   * @param first the first step's gradient, of the shape of the weights
   * @param second that of the second
   * @param further those of the steps after it
   * @throws IllegalArgumentException where a gradient has another shape
   */
  public final StepExplanation explain(
      Object weights, Object first, Object second, Object... further) {
    Object[] gradients =
        Stream.concat(
                Stream.of(first, second),
                Stream.of(
                    Require.given(
                        further, name() + "().explain", "gradients", "leave the last out")))
            .toArray(Object[]::new);
    return steps().explain(weights, gradients);
  }

  /**
   * Another rule with this one's learning rate, clipping, accumulation and averaging.
   *
   * @param ratio by which the learning rate is multiplied
   */
  final <P extends BaseOptimizer<P>> P alike(P rule, double ratio) {
    BaseOptimizer<?> from = this;
    return rule.with(
        copy -> {
          BaseOptimizer<?> to = copy;
          to.learningRate = ratio * from.learningRate;
          // A product with 1 would lose the schedule's formula.
          to.schedule =
              ratio == 1
                  ? from.schedule
                  : from.schedule.map(rates -> step -> ratio * rates.at(step));
          to.clipping = from.clipping;
          to.accumulation = from.accumulation;
          to.averaging = from.averaging;
        });
  }

  final UpdateSteps steps() {
    return new UpdateSteps(
        name, toString(), formula(), accumulation, schedule, averaging, this::orthogonalizer);
  }

  /** Makes matrices of that size orthogonal, of an optimizer whose rule does. */
  NewtonSchulz orthogonalizer(int rows, int columns) {
    throw new IllegalStateException(name + " makes no matrix orthogonal.");
  }

  /** Writes this optimizer's own equations: from the gradient to the next weight. */
  abstract void write(UpdateRule.Sheet sheet);

  /** A changed copy, whose text shows the call and its value. */
  final O with(String call, Object value, Consumer<O> change) {
    return copy(call, "." + call + "(" + value + ")", change);
  }

  /** A changed copy, whose text shows the call. */
  final O with(String call, Consumer<O> change) {
    return copy(call, "." + call + "()", change);
  }

  private O copy(String call, String written, Consumer<O> change) {
    Map<String, String> all = new LinkedHashMap<>(calls);
    all.put(call, written);
    return with(
        copy -> {
          ((BaseOptimizer<?>) copy).calls = all;
          change.accept(copy);
        });
  }

  /** The equations of one step. */
  @Override
  public Map<String, String> mimeBundle() {
    return formula().mimeBundle();
  }

  /** The optimizer as it is written in code: {@code adam().learningRate(0.01)}. */
  @Override
  public String toString() {
    return name + "()" + String.join("", calls.values());
  }
}
