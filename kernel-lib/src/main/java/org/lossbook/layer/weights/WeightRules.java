package org.lossbook.layer.weights;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Initializer;

/**
 * What a layer says of one of its parameters.
 *
 * @param initializer draws its first values; empty for the layer's default
 * @param penalty its regularizer
 * @param constraint projects it after each step
 * @hidden
 */
@Internal
public record WeightRules(
    Optional<Initializer> initializer, Regularizer penalty, Optional<Constraint> constraint) {
  /** The layer's default initializer, no regularizer, no constraint. */
  public static final WeightRules NONE =
      new WeightRules(Optional.empty(), Regularizer.NONE, Optional.empty());

  /** With this initializer. */
  public WeightRules with(Initializer other) {
    return new WeightRules(Optional.of(other), penalty, constraint);
  }

  /** With this regularizer. */
  public WeightRules with(Regularizer other) {
    return new WeightRules(initializer, other, constraint);
  }

  /** With this constraint. */
  public WeightRules with(Constraint other) {
    return new WeightRules(initializer, penalty, Optional.of(other));
  }

  /**
   * The config with those of the rules that are set.
   *
   * @param name Keras's of the parameter in settings: {@code kernel} of {@code kernel_regularizer}
   * @param rank of the parameter, on which a constraint's axes depend
   */
  public Config in(Config config, String name, int rank) {
    Config all = initializerIn(config, name);
    all = penalty.isNone() ? all : all.with(name + "_regularizer", penalty.config());
    return constraint.isEmpty()
        ? all
        : all.with(name + "_constraint", constraint.get().config(rank));
  }

  /** The config with the initializer, unless it is the default or code. */
  public Config initializerIn(Config config, String name) {
    return initializer.orElse(null) instanceof WeightInitializer saved
        ? config.with(name + "_initializer", saved.saved())
        : config;
  }

  /** The rules that a file has for a parameter, see {@link #in}. */
  public static WeightRules from(Settings settings, String name, int rank) {
    return new WeightRules(
        Initializers.from(settings, name + "_initializer").map(each -> each),
        Regularizer.from(settings, name + "_regularizer"),
        Constraint.from(settings, name + "_constraint", rank));
  }
}
