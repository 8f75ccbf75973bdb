package org.lossbook.training;

import java.util.List;
import java.util.stream.Stream;
import org.lossbook.engine.Parameters;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.NormGroups;
import org.lossbook.network.Network;

/** Weight constraints, applied after each step. Allocates nothing. */
final class Constraints {
  private final Parameters parameters;
  private final List<Held> all;

  private record Held(
      Parameters.Slot slot,
      Constraint constraint,
      float[] numbers,
      NormGroups groups,
      double[] sums) {
    static Held of(Parameters.Slot slot, Constraint constraint) {
      NormGroups groups = constraint.groups(slot.parameter().shape());
      return new Held(slot, constraint, new float[slot.size()], groups, new double[groups.count()]);
    }
  }

  Constraints(Parameters parameters, Network network) {
    this.parameters = parameters;
    all =
        parameters.slots().stream()
            .filter(slot -> slot.parameter().trainable())
            .flatMap(
                slot ->
                    network
                        .constraint(slot.parameter().name())
                        .map(constraint -> Stream.of(Held.of(slot, constraint)))
                        .orElse(Stream.of()))
            .toList();
  }

  /** Whether there is one of a parameter. */
  boolean concern(Parameters.Slot slot) {
    return all.stream().anyMatch(held -> held.slot.equals(slot));
  }

  /** Projects the weights onto their constraints. */
  void apply() {
    for (int i = 0; i < all.size(); i++) {
      Held held = all.get(i);
      int offset = held.slot.offset();
      int size = held.numbers.length;
      parameters.read(Parameters.Vector.TRAINABLE, offset, held.numbers, size);
      held.constraint.apply(held.numbers, held.groups, held.sums);
      parameters.write(Parameters.Vector.TRAINABLE, offset, held.numbers, size);
    }
  }
}
