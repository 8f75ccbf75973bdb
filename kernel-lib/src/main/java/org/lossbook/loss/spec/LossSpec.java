package org.lossbook.loss.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.metric.Direction;

/**
 * Specification of a loss: an immutable value from which everything that can be asked of the loss
 * is derived. A loss class only makes one; evaluation, explanation, figures, checks and files all
 * read this.
 *
 * @param name the factory's name, as it stands in tables and messages: {@code mse}
 * @param domain what the loss takes for truth and prediction
 * @param settings the numbers that shape the formula, in the order of their declaration
 * @param formula what the loss computes
 * @param aggregation how the samples' losses become one number
 * @param display how the loss is shown
 * @param direction which way the loss goes among the metrics as a model gets better
 * @param logitsForm the same loss of the numbers before the model's last sigmoid or softmax
 * @param saved the class that a file names, with what stands there beside the settings; empty where
 *     no file can hold the loss
 * @hidden
 */
@Internal
public record LossSpec(
    String name,
    LossDomain domain,
    List<Setting> settings,
    LossFormula formula,
    Aggregation aggregation,
    LossDisplay display,
    Direction direction,
    Optional<Supplier<LossSpec>> logitsForm,
    Optional<Config> saved) {
  /** Keras's smallest number worth telling from 0. */
  public static final Expr EPSILON = Expr.of(1e-7).as("ε", "\\varepsilon");

  /** A loss that is the mean of a formula over one row. */
  public static LossSpec of(
      String name, Target target, Prediction prediction, BinaryOperator<Expr> perSample) {
    return of(name, LossDomain.of(target, prediction), RowFormula.of(perSample));
  }

  /** A loss of any numbers, as regression has. */
  public static LossSpec regression(String name, BinaryOperator<Expr> perSample) {
    return of(name, Target.VALUE, Prediction.VALUE, perSample);
  }

  /** A loss of any formula. */
  public static LossSpec of(String name, LossDomain domain, LossFormula formula) {
    return new LossSpec(
        name,
        domain,
        List.of(),
        formula,
        Aggregation.MEAN,
        LossDisplay.PLAIN,
        Direction.DOWN,
        Optional.empty(),
        Optional.empty());
  }

  /** With these settings in the formula. */
  public LossSpec withSettings(Setting... settings) {
    return withSettings(List.of(settings));
  }

  /** With these settings in the formula. */
  public LossSpec withSettings(List<Setting> settings) {
    return new LossSpec(
        name, domain, settings, formula, aggregation, display, direction, logitsForm, saved);
  }

  /** With another way from the samples to one number. */
  public LossSpec withAggregation(Aggregation other) {
    return new LossSpec(
        name, domain, settings, formula, other, display, direction, logitsForm, saved);
  }

  /** With another direction among the metrics. */
  public LossSpec withDirection(Direction other) {
    return new LossSpec(
        name, domain, settings, formula, aggregation, display, other, logitsForm, saved);
  }

  /** With a last step after the reduction, such as a root. */
  public LossSpec finishedBy(UnaryOperator<Expr> last) {
    RowFormula row = (RowFormula) formula;
    return withFormula(new RowFormula(row.row(), Optional.of(last), row.wholeBatch(), row.over()));
  }

  /** With a formula by sums over the whole batch in place of the mean of the samples' losses. */
  public LossSpec overWholeBatch(BinaryOperator<Expr> wholeBatch) {
    RowFormula row = (RowFormula) formula;
    return withFormula(
        new RowFormula(row.row(), row.finish(), Optional.of(wholeBatch), row.over()));
  }

  /** With rows along these axes of a batch, the batch's own being 0. */
  public LossSpec over(int... axes) {
    RowFormula row = (RowFormula) formula;
    List<Integer> over = Arrays.stream(axes).boxed().toList();
    return withFormula(new RowFormula(row.row(), row.finish(), row.wholeBatch(), over));
  }

  /** The same loss of rows that lie along the last axis. */
  public LossSpec overRows() {
    return over();
  }

  private LossSpec withFormula(LossFormula other) {
    return new LossSpec(
        name, domain, settings, other, aggregation, display, direction, logitsForm, saved);
  }

  /** With a demand on a row of truth. */
  public LossSpec withRowTruth(RowTruth rowTruth) {
    return withDomain(
        new LossDomain(
            domain.target(),
            domain.prediction(),
            rowTruth,
            domain.leastOutputs(),
            domain.logitsOnly(),
            domain.outputs()));
  }

  /** As a loss that has no form for probabilities. */
  public LossSpec ofLogitsOnly() {
    return withDomain(
        new LossDomain(
            domain.target(),
            domain.prediction(),
            domain.rowTruth(),
            domain.leastOutputs(),
            true,
            domain.outputs()));
  }

  private LossSpec withDomain(LossDomain other) {
    return new LossSpec(
        name, other, settings, formula, aggregation, display, direction, logitsForm, saved);
  }

  /** With the unit of its value: {@code nats}. */
  public LossSpec in(String unit) {
    return withDisplay(
        new LossDisplay(
            unit,
            display.variation(),
            display.identifyingSettings(),
            display.sample(),
            display.drawnInstead()));
  }

  /** With what tells it from others of its name, in words for a figure. */
  public LossSpec variant(String variation) {
    return withDisplay(
        new LossDisplay(
            display.unit(),
            variation,
            display.identifyingSettings(),
            display.sample(),
            display.drawnInstead()));
  }

  /** With the settings that tell it from others of its name, also where its formula omits them. */
  public LossSpec identifiedBy(List<Setting> settings) {
    return withDisplay(
        new LossDisplay(
            display.unit(),
            display.variation(),
            Optional.of(settings),
            display.sample(),
            display.drawnInstead()));
  }

  /** With the one sample that figures and sliders move. */
  public LossSpec sampledBy(Supplier<ProbeSample> sample) {
    return withDisplay(
        new LossDisplay(
            display.unit(),
            display.variation(),
            display.identifyingSettings(),
            Optional.of(sample),
            display.drawnInstead()));
  }

  /** With a loss that a figure draws in place of this one. */
  public LossSpec drawnAs(Supplier<LossSpec> other) {
    return withDisplay(
        new LossDisplay(
            display.unit(),
            display.variation(),
            display.identifyingSettings(),
            display.sample(),
            Optional.of(other)));
  }

  /** Shown as {@code other}. */
  public LossSpec withDisplay(LossDisplay other) {
    return new LossSpec(
        name, domain, settings, formula, aggregation, other, direction, logitsForm, saved);
  }

  /** With a form of the numbers before the model's last sigmoid or softmax. */
  public LossSpec withLogitsForm(Supplier<LossSpec> fromLogits) {
    return new LossSpec(
        name,
        domain,
        settings,
        formula,
        aggregation,
        display,
        direction,
        Optional.of(fromLogits),
        saved);
  }

  /**
   * Saved in files as this class, with what stands there beside the settings: {@code
   * savedAs(Config.ours("Barron"))} where Keras has no such loss.
   */
  public LossSpec savedAs(Config config) {
    return new LossSpec(
        name,
        domain,
        settings,
        formula,
        aggregation,
        display,
        direction,
        logitsForm,
        Optional.of(config));
  }

  /** Keras's class of the same name as a loss: {@code Dice} for {@code dice}. */
  public static Config kerasClass(String name) {
    String className = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return Config.of("keras.losses", className);
  }

  /** Saved in files as this class of Keras's; {@link #savedAs} where Keras has none. */
  public LossSpec inKeras(String className) {
    return savedAs(Config.of("keras.losses", className));
  }

  /** What the loss takes for the truth. */
  public Target target() {
    return domain.target();
  }

  /** What the loss takes for a prediction. */
  public Prediction prediction() {
    return domain.prediction();
  }

  /** The truth as it stands in formulas. */
  public Expr y() {
    return target().expr();
  }

  /** The prediction as it stands in formulas. */
  public Expr p() {
    return prediction().expr();
  }

  /** The loss of each sample, in the letters of truth and prediction. */
  public Expr perSample() {
    return formula.perSample(y(), p());
  }

  /** The loss of a batch that is one sample, in the letters of truth and prediction. */
  public Expr alone() {
    return formula.alone(y(), p());
  }

  /** How the samples' losses become one number. */
  public Reduction reduction() {
    return aggregation.reduction();
  }

  /** What a sample counts by its class; empty where all count alike. */
  public Optional<ClassWeights> classWeights() {
    return aggregation.classWeights();
  }

  /** The label that does not count; empty where all do. */
  public OptionalInt ignored() {
    return aggregation.ignored();
  }

  /** What may stand for an ignored label, as its row does not count. */
  public double neutralTruth() {
    return target() == Target.LABEL ? 0 : 1;
  }

  /**
   * With a label that does not count.
   *
   * @throws IllegalArgumentException where the truth is no label and no answer
   */
  public LossSpec ignoring(int label) {
    boolean isAnswer = target() == Target.PROBABILITY || target() == Target.SIGN;
    if (target() != Target.LABEL && !isAnswer || formula.seesWholeBatch()) {
      throw Messages.wrong(
          "ignore expects a loss of labels or of answers that sees single ones but %s is none: give what does not count a weight of 0, as a third argument or in sampleWeight(…).",
          name);
    }
    if (isAnswer && (label == 0 || label == 1)) {
      throw Messages.wrong(
          "ignore expects a label other than 0 and 1, which %s takes for no and yes, but receives %d: mark what does not count with −1 or 255.",
          name, label);
    }
    return withAggregation(aggregation.with(OptionalInt.of(label)));
  }

  /** What the model's weights cost beside the loss. */
  public Regularizer penalty() {
    return aggregation.penalty();
  }

  /** The numbers over the batch that the loss is made of. */
  public List<Part> parts(boolean weighted) {
    return formula.parts(y(), p(), reduction(), weighted);
  }

  /** What training makes small, as a formula: finished, without what weights cost. */
  public Expr objective(boolean weighted) {
    return formula.finished(parts(weighted).stream().map(Part::value).toList());
  }

  /**
   * What training makes small, as a reader should see it: with the weights where the loss divides
   * by them, without what the model's weights cost.
   */
  public Expr objective() {
    return objective(classWeights().isPresent() || reduction() == Reduction.WEIGHTED_MEAN);
  }

  /** Whether the loss is declared as an expression over one row. */
  public boolean isFormula() {
    return !formula.isOfLoops();
  }

  /** The unit of the value; empty where it is the prediction's own. */
  public String unit() {
    return display.unit();
  }

  /** What tells the loss from others of its name, also where its formula has no such letter. */
  public List<Setting> identifyingSettings() {
    return display.identifyingSettings().orElse(settings);
  }

  /** The settings that move while a model trains, in the order of their declaration. */
  public List<Setting> movingSettings() {
    return settings.stream().filter(setting -> setting.varying().isPresent()).toList();
  }

  /** What a figure draws: the loss itself, or what stands for it. */
  public LossSpec drawn() {
    return display
        .drawnInstead()
        .map(Supplier::get)
        .map(stand -> isFormula() ? stand.withAggregation(aggregation) : stand)
        .orElse(this);
  }

  /**
   * The same loss of the numbers before the model's last activation, where activation and loss can
   * be fused: its gradient with respect to those numbers is ŷ − y, and it is finite for all of
   * them.
   *
   * @param activation Keras's name: {@code sigmoid}, {@code softmax}
   */
  public Optional<LossSpec> fusedWith(String activation) {
    boolean makesThese = !prediction().isLogit() && prediction().activation().equals(activation);
    return makesThese ? fromLogits() : Optional.empty();
  }

  /** The same loss of logits; empty where it has no such form. */
  public Optional<LossSpec> fromLogits() {
    return logitsForm.map(form -> form.get().withSettings(settings).withAggregation(aggregation));
  }

  /** How many classes the truth tells apart; 0 where it is measurements, or several at once. */
  public int classes(int outputs) {
    return switch (target()) {
      case LABEL, DISTRIBUTION -> outputs;
      case PROBABILITY, SIGN -> outputs == 1 ? 2 : 0;
      case VALUE, AMOUNT, NUMBER, BOX, GROUP, SIDE, SEQUENCE -> 0;
    };
  }

  /** The numbers a sample's target has where the model has {@code outputs}: one for a label. */
  public int targets(int outputs) {
    return target().isOnePerSample() ? 1 : outputs;
  }

  /** Refuses what is said of single samples, where the loss does not see them. */
  public void checkSeesSamples(String what) {
    if (formula.seesWholeBatch()) {
      throw new IllegalArgumentException(
          name
              + " expects no setting of single samples but receives a call for "
              + what
              + ": it is one number for the whole batch; call .eachSample() for one per sample.");
    }
  }

  /** What a file says of the loss; empty where no file can hold it, as with a schedule. */
  public Optional<Config> config() {
    boolean isScheduled =
        settings.stream()
            .anyMatch(s -> s.varying().filter(v -> v.schedule().isPresent()).isPresent());
    return isScheduled
        ? Optional.empty()
        : saved.map(this::configOfSettings).map(this::configOfAggregation);
  }

  private Config configOfSettings(Config named) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    identifyingSettings().forEach(setting -> numbers.put(setting.name(), setting.saved()));
    boolean isLearned = !movingSettings().isEmpty();
    Config config = isLearned ? named.asOurs() : named;
    return formula.terms().isEmpty() ? config.after(numbers) : config;
  }

  private Config configOfAggregation(Config plain) {
    boolean ignoresAsKeras =
        ignored().isPresent() && plain.className().equals("SparseCategoricalCrossentropy");
    Config named = ignoresAsKeras ? plain.with("ignore_class", ignored()) : plain;
    OptionalInt other = ignoresAsKeras ? OptionalInt.empty() : ignored();
    boolean isPlain = classWeights().isEmpty() && penalty().isNone() && other.isEmpty();
    Config config = isPlain ? named : refined(named, other);
    return config.with("reduction", reduction().kerasName());
  }

  private Config refined(Config plain, OptionalInt ignored) {
    Map<String, Object> weights = new LinkedHashMap<>();
    classWeights()
        .ifPresent(
            classes ->
                classes.byLabel().forEach((label, weight) -> weights.put("" + label, weight)));
    Config refined =
        Config.ours("Refined")
            .with("loss", plain)
            .with("class_weight", weights)
            .with("l1", penalty().l1())
            .with("l2", penalty().l2());
    return ignored.isEmpty() ? refined : refined.with("ignore_class", ignored);
  }

  /** What a file says of several losses; empty where it cannot hold one of them. */
  public static Optional<List<Object>> configs(List<LossSpec> losses) {
    List<Object> configs = new ArrayList<>();
    losses.forEach(loss -> loss.config().ifPresent(configs::add));
    return configs.size() == losses.size() ? Optional.of(configs) : Optional.empty();
  }
}
