package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.M;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Parameter;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.schedule.OptimizerChecks;

/**
 * Muon (momentum, orthogonalized by Newton and Schulz): replaces a matrix's momentum by the nearest
 * matrix whose columns, or rows, are orthogonal, so that a step moves all directions alike and not
 * those of the largest gradients alone. What is not a matrix moves as with {@link AdamW}, as do
 * embeddings and layers that {@link #excludeLayers} names; the output layer should be one.
 *
 * <p>\(m \leftarrow \mu m + g\), \(u = g + \mu m\), \(w \leftarrow w - \eta \rho \sqrt{\max(a, b)}
 * \operatorname{NS}(u)\) for an a × b matrix, with ρ = 0.2. \(\operatorname{NS}\) divides by the
 * norm, then replaces X by \(a X + b X X^T X + c (X X^T)^2 X\) five times.
 *
 * <pre>{@code
 * muon()                       // learning rate 0.001, μ 0.95, λ 0.004
 * muon().excludeLayers("output")
 * muon().formula()             // shown as mathematics
 * }</pre>
 *
 * <p>Jordan et al., <a href="https://kellerjordan.github.io/posts/muon/">Muon: An optimizer for
 * hidden layers in neural networks</a>, 2024; ρ is from Liu et al., <a
 * href="https://arxiv.org/abs/2502.16982">Muon is Scalable for LLM Training</a>, 2025.
 *
 * @question How can a step move all directions of a matrix alike?
 * @use For the hidden matrices of large networks.
 * @avoid For embeddings and the output layer: name them in {@link #excludeLayers}.
 */
public final class Muon extends EpsilonOptimizer<Muon> {
  private double adamBeta1 = 0.9;
  private double adamBeta2 = 0.999;
  private double adamWeightDecay = 0.004;
  private double adamLrRatio = 1;
  private List<String> excludeLayers = List.of();
  private boolean excludeEmbeddings = true;
  private double muonA = 3.4445;
  private double muonB = -4.7750;
  private double muonC = 2.0315;
  private double momentum = 0.95;
  private int nsSteps = 5;
  private boolean nesterov = true;
  private double rmsRate = 0.2; // 0 for none

  private Muon() {
    super("Muon", 1e-3, 0.004);
  }

  /** Keras's defaults. */
  public static Muon muon() {
    return new Muon();
  }

  static Muon from(Settings settings) {
    return muon().read(settings);
  }

  /**
   * The same with another β₁ of AdamW; 0.9 by default.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public Muon adamBeta1(double value) {
    OptimizerChecks.decay(name(), "adamBeta1", value);
    return with("adamBeta1", value, copy -> copy.adamBeta1 = value);
  }

  /**
   * The same with another β₂ of AdamW; 0.999 by default.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public Muon adamBeta2(double value) {
    OptimizerChecks.decay(name(), "adamBeta2", value);
    return with("adamBeta2", value, copy -> copy.adamBeta2 = value);
  }

  /**
   * The same with another weight decay of what AdamW moves; 0.004 by default, 0 for none.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Muon adamWeightDecay(double value) {
    OptimizerChecks.notNegative(name(), "an adamWeightDecay", value, 0.004);
    return with("adamWeightDecay", value, copy -> copy.adamWeightDecay = value);
  }

  /**
   * The same with AdamW's learning rate as another multiple of the learning rate; 1 by default.
   *
   * @throws IllegalArgumentException where it is not above 0
   */
  public Muon adamLrRatio(double value) {
    OptimizerChecks.positive(name(), "an adamLrRatio", value, 1);
    return with("adamLrRatio", value, copy -> copy.adamLrRatio = value);
  }

  /**
   * The same where AdamW moves the weights of these layers; none by default. As in Keras, each is a
   * regular expression that is looked for in a weight's name, such as {@code dense_1/kernel}.
   *
   * @throws IllegalArgumentException where one is not a regular expression
   */
  public Muon excludeLayers(String... names) {
    List<String> all = names == null ? List.of() : Arrays.asList(names);
    for (String each : all) {
      try {
        Pattern.compile(String.valueOf(each));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            Messages.of(
                "muon expects names of layers to exclude but receives %s: \"dense_1\" is one.",
                each),
            e);
      }
    }
    List<String> kept = all.stream().map(String::valueOf).toList();
    return with(
        "excludeLayers",
        "\"" + String.join("\", \"", kept) + "\"",
        copy -> copy.excludeLayers = kept);
  }

  /** The same with or without AdamW for embeddings; with it by default. */
  public Muon excludeEmbeddings(boolean value) {
    return with("excludeEmbeddings", value, copy -> copy.excludeEmbeddings = value);
  }

  /**
   * The same with other factors of the iteration, which are chosen to reach 1 from any number
   * between 0 and 1 in few steps; 3.4445, −4.775 and 2.0315 by default.
   *
   * @throws IllegalArgumentException where one is not finite
   */
  public Muon muonFactors(double a, double b, double c) {
    if (!Double.isFinite(a + b + c)) {
      throw Messages.wrong(
          "muon expects finite muonFactors but receives %s, %s and %s: 3.4445, -4.775 and 2.0315 are the usual ones.",
          a, b, c);
    }
    return with(
        "muonFactors",
        a + ", " + b + ", " + c,
        copy -> {
          copy.muonA = a;
          copy.muonB = b;
          copy.muonC = c;
        });
  }

  /**
   * The same with another momentum μ; 0.95 by default.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public Muon momentum(double value) {
    OptimizerChecks.decay(name(), "momentum", value);
    return with("momentum", value, copy -> copy.momentum = value);
  }

  /**
   * The same with so many steps of the iteration by Newton and Schulz; 5 by default.
   *
   * @throws IllegalArgumentException for less than 1
   */
  public Muon nsSteps(int steps) {
    OptimizerChecks.positive(name(), "nsSteps", steps);
    return with("nsSteps", steps, copy -> copy.nsSteps = steps);
  }

  /** The same with or without Nesterov's form of the momentum; with it by default. */
  public Muon nesterov(boolean value) {
    return with("nesterov", value, copy -> copy.nesterov = value);
  }

  /**
   * The same with steps of another root mean square ρ; 0.2 by default, as {@link AdamW}'s are. 0
   * leaves out the scaling by ρ and by the matrix's longer side.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Muon rmsRate(double value) {
    OptimizerChecks.notNegative(name(), "an rmsRate", value, 0.2);
    return with("rmsRate", value, copy -> copy.rmsRate = value);
  }

  @Override
  public Muon withoutWeightDecay() {
    return weightDecay(0).adamWeightDecay(0);
  }

  /** Whether AdamW moves a parameter of that name and rank. */
  boolean isForAdam(Optional<String> name, int rank) {
    if (rank != 2) {
      return true;
    }
    String path = name.orElse("");
    return excludeEmbeddings && path.toLowerCase(Locale.ROOT).contains("embedding")
        || excludeLayers.stream().anyMatch(each -> Pattern.compile(each).matcher(path).find());
  }

  @Override
  Muon read(Settings settings) {
    Muon made = super.read(settings);
    double beta1 = settings.number("adam_beta_1", adamBeta1);
    made = beta1 == adamBeta1 ? made : made.adamBeta1(beta1);
    double beta2 = settings.number("adam_beta_2", adamBeta2);
    made = beta2 == adamBeta2 ? made : made.adamBeta2(beta2);
    double decay = none(settings, "weight_decay") ? 0 : made.weightDecay();
    made = decay == made.weightDecay() ? made : made.weightDecay(0);
    double ofAdam = number(settings, "adam_weight_decay", adamWeightDecay);
    made = ofAdam == adamWeightDecay ? made : made.adamWeightDecay(ofAdam);
    double ratio = settings.number("adam_lr_ratio", adamLrRatio);
    made = ratio == adamLrRatio ? made : made.adamLrRatio(ratio);
    Object excluded = settings.value("exclude_layers").orElse(List.of());
    if (!(excluded instanceof List<?> names)) {
      return settings.wrong("exclude_layers", "a list of names", excluded);
    }
    String[] layers = names.stream().map(String::valueOf).toArray(String[]::new);
    made = layers.length == 0 ? made : made.excludeLayers(layers);
    boolean embeddings = settings.flag("exclude_embeddings", excludeEmbeddings);
    made = embeddings == excludeEmbeddings ? made : made.excludeEmbeddings(embeddings);
    double a = settings.number("muon_a", muonA);
    double b = settings.number("muon_b", muonB);
    double c = settings.number("muon_c", muonC);
    made = a == muonA && b == muonB && c == muonC ? made : made.muonFactors(a, b, c);
    double share = settings.number("momentum", momentum);
    made = share == momentum ? made : made.momentum(share);
    int steps = settings.integer("ns_steps", nsSteps);
    made = steps == nsSteps ? made : made.nsSteps(steps);
    boolean ahead = settings.flag("nesterov", nesterov);
    made = ahead == nesterov ? made : made.nesterov(ahead);
    double rate = number(settings, "rms_rate", rmsRate);
    return rate == rmsRate ? made : made.rmsRate(rate);
  }

  /** A number that may be None, for 0. */
  private static double number(Settings settings, String name, double usual) {
    return none(settings, name) ? 0 : settings.number(name, usual);
  }

  private static boolean none(Settings settings, String name) {
    return settings.raw(name).filter(Optional.empty()::equals).isPresent();
  }

  @Override
  Config settings(Config to) {
    return super.settings(to.with("adam_beta_1", adamBeta1).with("adam_beta_2", adamBeta2))
        .with("exclude_layers", excludeLayers)
        .with("muon_a", muonA)
        .with("muon_b", muonB)
        .with("muon_c", muonC)
        .with("adam_lr_ratio", adamLrRatio)
        .with("momentum", momentum)
        .with("ns_steps", nsSteps)
        .with("nesterov", nesterov)
        .with("exclude_embeddings", excludeEmbeddings)
        .with("adam_weight_decay", adamWeightDecay)
        .with("rms_rate", rmsRate > 0 ? rmsRate : Optional.empty());
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr share = sheet.constant("μ", "\\mu", momentum);
    sheet.set(M, share.times(M).plus(G));
    sheet.let(Symbols.UPDATE, nesterov ? G.plus(share.times(M)) : M);
    Expr size = RATE;
    if (rmsRate > 0) {
      size = size.times(sheet.constant("ρ", "\\rho", rmsRate)).times(Symbols.ROOT_OF_LONGER_SIDE);
    }
    sheet.set(W, W.minus(size.times(Symbols.ORTHOGONALIZED)));
  }

  /** The rule by which it moves what is not a matrix. */
  AdamW forNumbers() {
    AdamW rule =
        AdamW.adamw()
            .beta1(adamBeta1)
            .beta2(adamBeta2)
            .epsilon(epsilon())
            .weightDecay(adamWeightDecay / adamLrRatio);
    return alike(rule, adamLrRatio);
  }

  double adamBeta1() {
    return adamBeta1;
  }

  double adamBeta2() {
    return adamBeta2;
  }

  double adamWeightDecay() {
    return adamWeightDecay;
  }

  double adamLrRatio() {
    return adamLrRatio;
  }

  double momentum() {
    return momentum;
  }

  boolean nesterov() {
    return nesterov;
  }

  /** The factor of an orthogonal step of a matrix with these sides. */
  double scale(int rows, int columns) {
    return rmsRate > 0 ? Math.sqrt(Math.max(rows, columns)) * rmsRate : 1;
  }

  @Override
  NewtonSchulz orthogonalizer(int rows, int columns) {
    return new NewtonSchulz(rows, columns, nsSteps, (float) muonA, (float) muonB, (float) muonC);
  }

  @Override
  public Updater start(int parameters) {
    return new MuonUpdater(this, ParameterLayout.ofNumbers(parameters));
  }

  @Override
  public Updater start(List<Parameter> parameters) {
    return new MuonUpdater(this, ParameterLayout.of(parameters));
  }
}
