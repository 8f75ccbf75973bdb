package org.lossbook.engine.onednn.operation;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.Internal;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;

/**
 * A model's parameters: three flat vectors in native memory.
 *
 * @hidden
 */
@Internal
public final class OneDnnParameters implements Parameters {
  private final List<Slot> slots = new ArrayList<>();
  private final NativeVector trainable;
  private final NativeVector gradient;
  private final NativeVector kept;
  private volatile long version;

  public OneDnnParameters(List<Parameter> parameters) {
    int trainableSize = 0;
    int keptSize = 0;
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            "A model expects one parameter of each name but receives "
                + parameter.name()
                + " twice: give the layers different names.");
      }
      slots.add(new Slot(parameter, parameter.trainable() ? trainableSize : keptSize));
      if (parameter.trainable()) {
        trainableSize = Math.addExact(trainableSize, parameter.size());
      } else {
        keptSize = Math.addExact(keptSize, parameter.size());
      }
    }
    trainable = new NativeVector(trainableSize);
    gradient = new NativeVector(trainableSize);
    kept = new NativeVector(keptSize);
  }

  @Override
  public List<Slot> slots() {
    return List.copyOf(slots);
  }

  @Override
  public int trainableSize() {
    return trainable.size;
  }

  @Override
  public int keptSize() {
    return kept.size;
  }

  @Override
  public void read(Vector vector, int offset, float[] into, int count) {
    of(vector).open().get(offset, into, 0, count);
  }

  @Override
  public void write(Vector vector, int offset, float[] from, int count) {
    of(vector).open().put(offset, from, 0, count);
    if (vector != Vector.GRADIENT) {
      version++; // of two concurrent increments one may be lost; the number changes all the same
    }
  }

  @Override
  public void zeroGradients() {
    gradient.zero();
  }

  @Override
  public void close() {
    trainable.free();
    gradient.free();
    kept.free();
  }

  /** Says that a plan has changed parameters in place. */
  public void changed() {
    version++;
  }

  /** The version, which grows with each change of a parameter. */
  public long version() {
    return version;
  }

  /** A oneDNN view of a slot, which shares the vector's memory. */
  memory view(Vector vector, Slot slot, memory.desc layout, engine engine) {
    NativeVector numbers = of(vector);
    numbers.open();
    return new memory(layout, engine, numbers.pointer.getPointer(slot.offset()));
  }

  private NativeVector of(Vector vector) {
    return switch (vector) {
      case TRAINABLE -> trainable;
      case GRADIENT -> gradient;
      case KEPT -> kept;
    };
  }

  /** One vector, freed explicitly, never by the garbage collector, so that ownership is clear. */
  private static final class NativeVector {
    final int size;
    private final FloatPointer pointer;
    private FloatBuffer buffer;

    NativeVector(int size) {
      this.size = size;
      // One number more, so that even an empty vector has an address.
      pointer = new FloatPointer(size + 1L);
      pointer.zero();
      buffer = pointer.asBuffer();
    }

    FloatBuffer open() {
      if (buffer == null) {
        throw new IllegalStateException(
            "The model's parameters were freed by close(): make the model anew or load it.");
      }
      return buffer;
    }

    void zero() {
      open();
      pointer.zero();
    }

    void free() {
      buffer = null;
      pointer.deallocate();
    }
  }
}
