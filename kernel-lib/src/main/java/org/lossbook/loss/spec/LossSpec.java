package org.lossbook.loss.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.lossbook.Internal;
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
 * @param look how the loss is shown
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
    LossDisplay look,
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
  public LossSpec with(Setting... settings) {
    return with(List.of(settings));
  }

  /** With these settings in the formula. */
  public LossSpec with(List<Setting> settings) {
    return new LossSpec(
        name, domain, settings, formula, aggregation, look, direction, logitsForm, saved);
  }

  /** With another way from the samples to one number. */
  public LossSpec with(Aggregation other) {
    return new LossSpec(name, domain, settings, formula, other, look, direction, logitsForm, saved);
  }

  /** With another direction among the metrics. */
  public LossSpec with(Direction other) {
    return new LossSpec(
        name, domain, settings, formula, aggregation, look, other, logitsForm, saved);
  }

  /** With a last step after the reduction, such as a root. */
  public LossSpec finishedBy(UnaryOperator<Expr> last) {
    RowFormula row = (RowFormula) formula;
    return with(new RowFormula(row.row(), Optional.of(last), row.wholeBatch()));
  }

  /** With a formula by sums over the whole batch in place of the mean of the samples' losses. */
  public LossSpec overWholeBatch(BinaryOperator<Expr> wholeBatch) {
    RowFormula row = (RowFormula) formula;
    return with(new RowFormula(row.row(), row.finish(), Optional.of(wholeBatch)));
  }

  private LossSpec with(LossFormula other) {
    return new LossSpec(
        name, domain, settings, other, aggregation, look, direction, logitsForm, saved);
  }

  /** With a demand on a row of truth. */
  public LossSpec with(RowTruth rowTruth) {
    return with(
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
    return with(
        new LossDomain(
            domain.target(),
            domain.prediction(),
            domain.rowTruth(),
            domain.leastOutputs(),
            true,
            domain.outputs()));
  }

  private LossSpec with(LossDomain other) {
    return new LossSpec(
        name, other, settings, formula, aggregation, look, direction, logitsForm, saved);
  }

  /** With the unit of its value: {@code nats}. */
  public LossSpec in(String unit) {
    return with(
        new LossDisplay(unit, look.variation(), look.shapes(), look.sample(), look.stand()));
  }

  /** With what tells it from others of its name, in words for a figure. */
  public LossSpec varying(String variation) {
    return with(
        new LossDisplay(look.unit(), variation, look.shapes(), look.sample(), look.stand()));
  }

  /** With the settings that tell it from others of its name, which the formula need not have. */
  public LossSpec shapedBy(List<Setting> shapes) {
    return with(
        new LossDisplay(
            look.unit(), look.variation(), Optional.of(shapes), look.sample(), look.stand()));
  }

  /** With the one sample that figures and sliders move. */
  public LossSpec sampledBy(Supplier<ProbeSample> sample) {
    return with(
        new LossDisplay(
            look.unit(), look.variation(), look.shapes(), Optional.of(sample), look.stand()));
  }

  /** With a loss that a figure draws in place of this one. */
  public LossSpec drawnAs(Supplier<LossSpec> stand) {
    return with(
        new LossDisplay(
            look.unit(), look.variation(), look.shapes(), look.sample(), Optional.of(stand)));
  }

  /** Shown as {@code other}. */
  public LossSpec with(LossDisplay other) {
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
        look,
        direction,
        Optional.of(fromLogits),
        saved);
  }

  /** With the class that a file names, and what stands there beside the settings. */
  public LossSpec savedAs(Config config) {
    return new LossSpec(
        name,
        domain,
        settings,
        formula,
        aggregation,
        look,
        direction,
        logitsForm,
        Optional.of(config));
  }

  /** With the class of Keras's that a file names. */
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
    return formula.pairwise().isEmpty();
  }

  /** The unit of the value; empty where it is the prediction's own. */
  public String unit() {
    return look.unit();
  }

  /** What tells the loss from others of its name, also where its formula has no such letter. */
  public List<Setting> shapes() {
    return look.shapes().orElse(settings);
  }

  /** The settings that move while a model trains, in the order of their declaration. */
  public List<Setting> movingSettings() {
    return settings.stream().filter(setting -> setting.varying().isPresent()).toList();
  }

  /** What a figure draws: the loss itself, or what stands for it. */
  public LossSpec drawn() {
    return look.stand()
        .map(Supplier::get)
        .map(stand -> isFormula() ? stand.with(aggregation) : stand)
        .orElse(this);
  }

  /**
   * The same loss of the numbers before the model's last activation, where the two belong together:
   * its gradient by those numbers is ŷ − y, and it is finite for all of them.
   *
   * @param activation Keras's name: {@code sigmoid}, {@code softmax}
   */
  public Optional<LossSpec> joinedWith(String activation) {
    boolean makesThese = !prediction().isLogit() && prediction().activation().equals(activation);
    return makesThese ? fromLogits() : Optional.empty();
  }

  /** The same loss of logits; empty where it has no such form. */
  public Optional<LossSpec> fromLogits() {
    return logitsForm.map(form -> form.get().with(settings).with(aggregation));
  }

  /** How many classes the truth tells apart; 0 where it is measurements, or several at once. */
  public int classes(int outputs) {
    return switch (target()) {
      case LABEL, DISTRIBUTION -> outputs;
      case PROBABILITY, SIGN -> outputs == 1 ? 2 : 0;
      case VALUE, AMOUNT, NUMBER, BOX, GROUP -> 0;
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
        : saved.map(this::withSettings).map(this::withAggregation);
  }

  private Config withSettings(Config named) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    shapes().forEach(setting -> numbers.put(setting.name(), setting.saved()));
    boolean isLearned = !movingSettings().isEmpty();
    Config config = isLearned ? named.asOurs() : named;
    return formula.terms().isEmpty() ? config.after(numbers) : config;
  }

  private Config withAggregation(Config plain) {
    boolean isPlain = classWeights().isEmpty() && penalty().isNone();
    Config config = isPlain ? plain : refined(plain);
    return config.with("reduction", reduction().kerasName());
  }

  private Config refined(Config plain) {
    Map<String, Object> weights = new LinkedHashMap<>();
    classWeights()
        .ifPresent(
            classes ->
                classes.byLabel().forEach((label, weight) -> weights.put("" + label, weight)));
    return Config.ours("Refined")
        .with("loss", plain)
        .with("class_weight", weights)
        .with("l1", penalty().l1())
        .with("l2", penalty().l2());
  }

  /** What a file says of several losses; empty where it cannot hold one of them. */
  public static Optional<List<Object>> configs(List<LossSpec> losses) {
    List<Object> configs = new ArrayList<>();
    losses.forEach(loss -> loss.config().ifPresent(configs::add));
    return configs.size() == losses.size() ? Optional.of(configs) : Optional.empty();
  }
}
