package org.lossbook.engine.onednn.recurrent;

import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;

/**
 * The weights of a recurrent operation.
 *
 * @param kernel {@code [n, gates · units]}, for the inputs
 * @param recurrent {@code [units, gates · units]}, for the state
 * @param bias {@code [gates · units]}, or two of them
 * @hidden
 */
@Internal
public record RecurrentWeights(
    Parameters.Slot kernel, Parameters.Slot recurrent, Optional<Parameters.Slot> bias) {
  boolean areTrained() {
    return Stream.concat(Stream.of(kernel, recurrent), bias.stream())
        .anyMatch(slot -> slot.parameter().trainable());
  }
}
