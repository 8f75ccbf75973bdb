package org.lossbook.engine.onednn.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.lossbook.Internal;
import org.lossbook.engine.MemoryLock;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.RowGradient;

/**
 * A model's parameters: three flat vectors in native memory, of which other models may share parts.
 * The gradients are the model's own.
 *
 * @hidden
 */
@Internal
public final class OneDnnParameters implements Parameters {
  private final List<Slot> slots;
  private final Map<String, Slot> byName = new HashMap<>();
  private final JoinedVector trainable;
  private final JoinedVector kept;
  private final GradientVector gradient;
  private final AtomicBoolean closed = new AtomicBoolean();

  private final List<MemoryLock> locks;

  private final RunStates states = new RunStates();

  /** The creator, until it closes this, and the plans that compute with it. */
  private final AtomicInteger users = new AtomicInteger(1);

  public OneDnnParameters(List<Parameter> parameters) {
    List<Slot> all = new ArrayList<>();
    var trained = new JoinedVector.Layout();
    var others = new JoinedVector.Layout();
    for (Parameter parameter : parameters) {
      if (byName.containsKey(parameter.name())) {
        throw new IllegalArgumentException(
            "A model expects one parameter of each name but receives "
                + parameter.name()
                + " twice: give the layers different names.");
      }
      var layout = parameter.trainable() ? trained : others;
      Slot known = known(all, parameter, layout);
      if (known == null) {
        known = new Slot(parameter, layout.add(parameter));
        all.add(known);
      }
      byName.put(parameter.name(), known);
    }
    slots = List.copyOf(all);
    trainable = trained.joined();
    kept = others.joined();
    gradient = new GradientVector(trainable.size());
    locks = locksInOrder();
  }

  /** The slot that has the same weights already, or null. */
  private static Slot known(List<Slot> all, Parameter parameter, JoinedVector.Layout layout) {
    var offset = layout.known(parameter);
    return offset.isEmpty()
        ? null
        : all.stream()
            .filter(slot -> slot.offset() == offset.getAsInt())
            .filter(slot -> slot.parameter().trainable() == parameter.trainable())
            .findFirst()
            .orElseThrow();
  }

  @Override
  public List<Slot> slots() {
    return slots;
  }

  @Override
  public Slot slot(String name) {
    Slot known = byName.get(name);
    return known == null ? Parameters.super.slot(name) : known;
  }

  @Override
  public Parameter.Home home(Slot slot) {
    return joined(slot.vector()).place(slot.offset());
  }

  @Override
  public List<MemoryLock> locks() {
    return locks;
  }

  private List<MemoryLock> locksInOrder() {
    return Stream.of(trainable, kept)
        .flatMap(JoinedVector::vectors)
        .distinct()
        .sorted(Comparator.comparingLong((NativeVector vector) -> vector.number))
        .map(vector -> vector.lock)
        .toList();
  }

  @Override
  public int trainableSize() {
    return trainable.size();
  }

  @Override
  public int keptSize() {
    return kept.size();
  }

  @Override
  public void read(Vector vector, int offset, float[] into, int count) {
    open();
    if (vector == Vector.GRADIENT) {
      gradient.read(offset, into, count);
    } else {
      joined(vector).read(offset, into, count);
    }
  }

  @Override
  public void write(Vector vector, int offset, float[] from, int count) {
    open();
    if (vector == Vector.GRADIENT) {
      gradient.write(offset, from, count);
    } else {
      joined(vector).write(offset, from, count);
    }
  }

  @Override
  public List<RowGradient> rowGradients() {
    return gradient.byRows();
  }

  @Override
  public void readRows(int[] starts, int first, int count, int width, float[] into) {
    open();
    trainable.readRows(starts, first, count, width, into);
  }

  @Override
  public void writeRows(int[] starts, int first, int count, int width, float[] from) {
    open();
    trainable.writeRows(starts, first, count, width, from);
  }

  /** The gradients of all parameters. */
  GradientVector gradient() {
    return gradient;
  }

  @Override
  public void zeroGradients() {
    open();
    gradient.zero();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  /** Keeps the memory for a plan, until it calls {@link #release}. */
  public void retain() {
    open();
    users.incrementAndGet();
  }

  /** Ends a use; after the last one the memory is free, but for what other models share. */
  public void release() {
    if (users.decrementAndGet() == 0) {
      trainable.release();
      kept.release();
      gradient.release();
    }
  }

  /** A state that plans keep from run to run. */
  public RunStates.State state(RunStates.Key key) {
    return states.of(key);
  }

  @Override
  public void forgetStates(boolean onlyContinued) {
    if (onlyContinued) {
      states.forgetContinued();
    } else {
      states.forget();
    }
  }

  /** Says that a plan has changed parameters that are not trained in place, such as statistics. */
  public void changed() {
    kept.changed();
  }

  /** The version, which grows with each change of a parameter. */
  public long version() {
    return trainable.version() + kept.version();
  }

  /** A oneDNN view of a slot, which shares the vector's memory. */
  memory view(Vector vector, Slot slot, memory.desc layout, engine engine) {
    open();
    Pointer place =
        vector == Vector.GRADIENT ? gradient.at(slot.offset()) : joined(vector).at(slot.offset());
    return new memory(layout, engine, place);
  }

  private JoinedVector joined(Vector vector) {
    return vector == Vector.TRAINABLE ? trainable : kept;
  }

  private void open() {
    if (closed.get()) {
      throw NativeVector.freed();
    }
  }
}
