package org.lossbook.engine.onednn.recurrent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * The steps of a sequence, forward and backward. States lie in the order of time: of those around
 * step t the one at slot t comes before it, that at t + 1 after it; going backwards, the other way
 * round.
 */
final class Sequence {
  private final Cell cell;
  private final Cell.Shape shape;
  private final Recurrence how;
  private final Optional<Masks> masks;
  private final Blocks[] states;
  private final Optional<Blocks> outputs;
  private final Blocks[] starts;
  private float[][] before;
  private float[][] after;
  private final float[] output;

  Sequence(PlanBuilder builder, Cell cell, Recurrence how, Optional<Blocks> mask) {
    this.cell = cell;
    this.how = how;
    shape = cell.shape;
    masks = mask.map(numbers -> new Masks(numbers, shape.rows(), shape.units(), how));
    int count = how.cell().states();
    states = new Blocks[count];
    starts = new Blocks[count];
    before = new float[count][shape.state()];
    after = new float[count][shape.state()];
    for (int state = 0; state < count; state++) {
      states[state] = Blocks.zeros(builder, shape.steps() + 1, shape.state());
    }
    outputs =
        masks.isPresent() || how.backwards()
            ? Optional.of(Blocks.of(builder, shape.steps(), shape.state()))
            : Optional.empty();
    output = new float[shape.state()];
  }

  /** Begins with that state instead of zeros. */
  void startAt(int state, Blocks numbers) {
    starts[state] = numbers;
  }

  /** The step that is taken at a place. */
  private int step(int place) {
    return how.backwards() ? shape.steps() - 1 - place : place;
  }

  private int slotBefore(int step) {
    return how.backwards() ? step + 1 : step;
  }

  private int slotAfter(int step) {
    return how.backwards() ? step : step + 1;
  }

  /** The outputs in the order in which the steps are taken. */
  FloatPointer outputs() {
    return outputs.map(blocks -> blocks.start(0)).orElseGet(() -> states[0].start(1));
  }

  FloatPointer last() {
    int place = shape.steps() - 1;
    return outputs.map(blocks -> blocks.start(place)).orElseGet(() -> finalState(0));
  }

  FloatPointer finalState(int state) {
    return states[state].start(slotAfter(step(shape.steps() - 1)));
  }

  /** The first state before each step, a row for each step and sample. */
  memory statesBefore(PlanBuilder builder) {
    return Products.matrix(
        builder,
        states[0].memory,
        slotBefore(0) * shape.state(),
        shape.steps() * shape.rows(),
        shape.units());
  }

  void forward() {
    int first = slotBefore(step(0));
    for (int state = 0; state < states.length; state++) {
      if (starts[state] == null) {
        Arrays.fill(before[state], 0);
      } else {
        starts[state].read(0, before[state]);
        states[state].write(first, before[state]);
      }
    }
    Arrays.fill(output, 0);
    for (int place = 0; place < shape.steps(); place++) {
      int step = step(place);
      cell.forward(step, states, slotBefore(step), before, after);
      if (masks.isPresent()) {
        masks.get().forward(step, before, after, output);
      }
      for (int state = 0; state < states.length; state++) {
        states[state].write(slotAfter(step), after[state]);
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
    private float[][] from = new float[states.length][shape.state()];
    private float[][] to = new float[states.length][shape.state()];

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
      for (int place = shape.steps() - 1; place >= 0; place--) {
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
      int step = step(place);
      for (int state = 0; state < states.length; state++) {
        if (cell.readsBefore(state)) {
          states[state].read(slotBefore(step), before[state]);
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
