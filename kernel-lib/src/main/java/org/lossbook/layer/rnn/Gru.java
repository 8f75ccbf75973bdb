package org.lossbook.layer.rnn;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * A gated recurrent unit, GRU: reads a sequence step by step and carries one state, which two gates
 * update and reset (Cho et al. 2014). {@code [steps, n] -> [units]}
 *
 * <pre>
 * z = σ(xₜ W_z + hₜ₋₁ U_z + b_z)     what to keep
 * r = σ(xₜ W_r + hₜ₋₁ U_r + b_r)     what of the state to look at
 * h̃ = tanh(xₜ W_h + b_h + r · (hₜ₋₁ U_h + b'_h))
 * hₜ = z · hₜ₋₁ + (1 − z) · h̃
 * </pre>
 *
 * <p>With {@code resetAfter(false)} the candidate is h̃ = tanh(xₜ W_h + b_h + (r · hₜ₋₁) U_h).
 *
 * <p>{@link #returnSequences()} gives every hₜ, {@code [steps, units]}; {@link #returnState()}
 * gives the last h as a further output; {@code gru(64).of(x, h)} begins with a state that another
 * layer gives. At a masked step the state stays as it is; as in Keras, a layer that begins with a
 * given state does not look at the mask.
 *
 * <p>Parameters: kernel {@code [n, 3 · units]}, initially Glorot uniform, in the order z, r, h;
 * recurrent_kernel {@code [units, 3 · units]}, orthogonal; bias {@code [2, 3 · units]}, of the
 * inputs and of the state, zeros, and {@code [3 · units]} where the reset comes before. {@code
 * gru(64)} on 16 features has 15,744.
 *
 * @question What should be remembered of a sequence, with few gates?
 * @use For sequences on small data: fewer weights than an LSTM.
 * @avoid For very long dependencies: attention reaches farther.
 */
public final class Gru extends GruUnits<Gru> implements SequenceLayer<Gru> {
  public Gru(int units) {
    super(units);
  }

  @Override
  public String kind() {
    return "gru";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(gruIn(SequenceSetting.in(Config.of("keras.layers", "GRU"), sequence())));
  }

  static Gru from(Settings settings) {
    return new Gru(settings.integer("units")).gruFrom(settings);
  }
}
