package org.lossbook.layer.rnn;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * A long short-term memory, LSTM: reads a sequence step by step and carries two states, the output
 * h and the memory c, which gates write, keep and read (Hochreiter and Schmidhuber 1997). {@code
 * [steps, n] -> [units]}
 *
 * <pre>
 * i = σ(xₜ Wᵢ + hₜ₋₁ Uᵢ + bᵢ)        what to write
 * f = σ(xₜ W_f + hₜ₋₁ U_f + b_f)     what to keep
 * o = σ(xₜ Wₒ + hₜ₋₁ Uₒ + bₒ)        what to read
 * cₜ = f · cₜ₋₁ + i · tanh(xₜ W_c + hₜ₋₁ U_c + b_c)
 * hₜ = o · tanh(cₜ)
 * </pre>
 *
 * <p>{@link #returnSequences()} gives every hₜ, {@code [steps, units]}, for another recurrent layer
 * behind it; {@link #returnState()} gives the last h and c as further outputs. {@code
 * lstm(64).of(x, h, c)} begins with states that another layer gives. At a masked step the states
 * stay as they are; as in Keras, a layer that begins with given states does not look at the mask.
 *
 * <p>Parameters: kernel {@code [n, 4 · units]}, initially Glorot uniform, in the order i, f, c, o;
 * recurrent_kernel {@code [units, 4 · units]}, orthogonal; bias {@code [4 · units]}, zeros, and
 * ones for the forget gate. {@code lstm(64)} on 16 features has 20,736.
 *
 * <pre>{@code
 * sequential(input(50, 16), lstm(64), dense(10).softmax())
 * }</pre>
 *
 * @question What should be remembered of a sequence, and what forgotten?
 * @use For series and texts of moderate length.
 * @avoid For very long dependencies: attention reaches farther.
 */
public final class Lstm extends LstmUnits<Lstm> implements SequenceLayer<Lstm> {
  public Lstm(int units) {
    super(units);
  }

  @Override
  public String kind() {
    return "lstm";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(lstmIn(SequenceSetting.in(Config.of("keras.layers", "LSTM"), sequence())));
  }

  static Lstm from(Settings settings) {
    return new Lstm(settings.integer("units")).lstmFrom(settings);
  }
}
