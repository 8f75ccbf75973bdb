package org.lossbook.engine.onednn.recurrent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.engine.Recurrence;

/**
 * The steps of a sequence, forward and backward, of some of the samples. States lie in the order of
 * time: of those around step t the one at slot t comes before it, that at t + 1 after it; going
 * backwards, the other way round.
 */
final class Sequence {
  private final Cell cell;
  private final int steps;
  private final int size;
  private final Order order;
  private final Optional<Masks> masks;
  private final Blocks[] states;
  private final Optional<Blocks> outputs;
  private final Blocks[] starts;
  private float[][] before;
  private float[][] after;
  private final float[] output;

  /**
   * @param mask of these samples
   * @param states of these samples
   * @param outputs of these samples, where they are not those states
   */
  Sequence(
      Cell cell,
      int steps,
      Recurrence how,
      Optional<Blocks> mask,
      Blocks[] states,
      Optional<Blocks> outputs) {
    this.cell = cell;
    this.steps = steps;
    order = new Order(steps, how.backwards());
    this.states = states;
    this.outputs = outputs;
    size = cell.state();
    masks = mask.map(numbers -> new Masks(numbers, cell.rows, cell.units, how));
    starts = new Blocks[states.length];
    before = new float[states.length][size];
    after = new float[states.length][size];
    output = new float[size];
  }

  /** Begins with that state instead of zeros. */
  void startAt(int state, Blocks numbers) {
    starts[state] = numbers;
  }

  void forward() {
    int first = order.slotBefore(order.step(0));
    for (int state = 0; state < states.length; state++) {
      if (starts[state] == null) {
        Arrays.fill(before[state], 0);
      } else {
        starts[state].read(0, before[state]);
        states[state].write(first, before[state]);
      }
    }
    Arrays.fill(output, 0);
    for (int place = 0; place < steps; place++) {
      int step = order.step(place);
      cell.forward(step, states, order.slotBefore(step), before, after);
      if (masks.isPresent()) {
        masks.get().forward(step, before, after, output);
      }
      for (int state = 0; state < states.length; state++) {
        states[state].write(order.slotAfter(step), after[state]);
      }
      if (outputs.isPresent()) {
        outputs.get().write(place, masks.isPresent() ? output : after[0]);
      }
      float[][] next = before;
      before = after;
      after = next;
    }
  }

  /** The way back, from the gradients of what was computed. */
  Backward backward(
      Optional<Blocks> ofOutputs, Optional<Blocks> ofLast, List<Optional<Blocks>> ofStates) {
    return new Backward(ofOutputs, ofLast, ofStates);
  }

  final class Backward {
    private final Optional<Blocks> ofOutputs;
    private final Optional<Blocks> ofLast;
    private final List<Optional<Blocks>> ofStates;
    private final Blocks[] toStarts = new Blocks[states.length];
    private float[][] from = new float[states.length][size];
    private float[][] to = new float[states.length][size];

    Backward(Optional<Blocks> ofOutputs, Optional<Blocks> ofLast, List<Optional<Blocks>> ofStates) {
      this.ofOutputs = ofOutputs;
      this.ofLast = ofLast;
      this.ofStates = ofStates;
    }

    /** Writes the gradient of an initial state. */
    void startsGoTo(int state, Blocks numbers) {
      toStarts[state] = numbers;
    }

    void run() {
      for (int state = 0; state < states.length; state++) {
        readOrClear(ofStates.get(state), 0, from[state]);
      }
      readOrClear(ofLast, 0, output);
      for (int place = steps - 1; place >= 0; place--) {
        back(place);
        float[][] next = from;
        from = to;
        to = next;
      }
      for (int state = 0; state < states.length; state++) {
        if (toStarts[state] != null) {
          toStarts[state].write(0, from[state]);
        }
      }
    }

    private void back(int place) {
      int step = order.step(place);
      for (int state = 0; state < states.length; state++) {
        if (cell.readsBefore(state)) {
          states[state].read(order.slotBefore(step), before[state]);
        }
      }
      if (ofOutputs.isPresent()) {
        ofOutputs.get().read(place, after[0]);
        add(after[0], output);
      }
      if (masks.isPresent()) {
        masks.get().beforeBackward(step, from, output);
        cell.backward(step, before, from, to);
        masks.get().afterBackward(to);
      } else {
        add(output, from[0]);
        Arrays.fill(output, 0);
        cell.backward(step, before, from, to);
      }
    }
  }

  private static void readOrClear(Optional<Blocks> numbers, int block, float[] into) {
    if (numbers.isPresent()) {
      numbers.get().read(block, into);
    } else {
      Arrays.fill(into, 0);
    }
  }

  private static void add(float[] some, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += some[i];
    }
  }
}
