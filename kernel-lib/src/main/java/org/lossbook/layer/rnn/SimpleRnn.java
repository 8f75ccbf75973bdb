package org.lossbook.layer.rnn;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * A simple recurrent layer: at each step a dense layer of the input and of its own last output
 * (Elman 1990). {@code [steps, n] -> [units]}
 *
 * <p>hₜ = tanh(xₜ W + hₜ₋₁ U + b)
 *
 * <p>It forgets within a few steps: {@code lstm} and {@code gru} remember longer. {@link
 * #returnSequences()} gives every hₜ, {@code [steps, units]}; {@link #returnState()} gives the last
 * h as a further output; {@code simpleRnn(64).of(x, h)} begins with a state that another layer
 * gives. At a masked step the state stays as it is; as in Keras, a layer that begins with a given
 * state does not look at the mask.
 *
 * <p>Parameters: kernel {@code [n, units]}, initially Glorot uniform; recurrent_kernel {@code
 * [units, units]}, orthogonal; bias {@code [units]}, zeros. {@code simpleRnn(64)} on 16 features
 * has 5,184.
 *
 * @question How does a network carry something from step to step?
 * @use To understand recurrence, and for short sequences.
 * @avoid For long sequences: its gradients vanish or explode.
 */
public final class SimpleRnn extends SimpleRnnUnits<SimpleRnn> implements SequenceLayer<SimpleRnn> {
  public SimpleRnn(int units) {
    super(units);
  }

  @Override
  public String kind() {
    return "simple_rnn";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        unitsIn(SequenceSetting.in(Config.of("keras.layers", "SimpleRNN"), sequence())));
  }

  static SimpleRnn from(Settings settings) {
    return new SimpleRnn(settings.integer("units")).unitsFrom(settings);
  }
}
