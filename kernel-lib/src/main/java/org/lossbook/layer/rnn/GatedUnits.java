package org.lossbook.layer.rnn;

import java.util.function.UnaryOperator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Activation;
import org.lossbook.formula.Expr;
import org.lossbook.layer.Activations;
import org.lossbook.layer.function.ElementFormula;

/**
 * Recurrent units with gates, which have a function of their own.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class GatedUnits<L extends GatedUnits<L>> extends RecurrentUnits<L> {
  private Activation recurrentActivation = Activation.SIGMOID;

  GatedUnits(int units) {
    super(units);
  }

  /** The function of the gates by its name in Keras, {@code "sigmoid"} by default. */
  public L recurrentActivation(String name) {
    return withGates(Activations.named(name));
  }

  /** A function of your own for the gates, a formula of x. */
  public L recurrentActivation(String name, UnaryOperator<Expr> formula) {
    return withGates(Activation.of(ElementFormula.of(name, formula)));
  }

  final L withGates(Activation function) {
    return with(copy -> gated(copy).recurrentActivation = function);
  }

  private static GatedUnits<?> gated(GatedUnits<?> layer) {
    return layer;
  }

  @Override
  final boolean hasGatesOf(Activation function) {
    return recurrentActivation.equals(function);
  }

  @Override
  final Activation gates() {
    return recurrentActivation;
  }

  final Config gatesIn(Config config) {
    return config.with("recurrent_activation", Activations.saved(recurrentActivation));
  }

  final L gatesFrom(Settings settings) {
    return unitsFrom(settings)
        .withGates(function(settings, "recurrent_activation", Activation.SIGMOID));
  }
}
