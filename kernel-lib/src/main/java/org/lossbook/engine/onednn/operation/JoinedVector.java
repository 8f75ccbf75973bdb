package org.lossbook.engine.onednn.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.lossbook.engine.Parameter;

/**
 * A model's vector of parameters, joined from stretches of native vectors: one stretch for its own
 * parameters, and those of other models that it shares. Reading and writing allocate nothing.
 */
final class JoinedVector {
  private final NativeVector[] vectors;

  /** Where each stretch begins in its native vector. */
  private final int[] places;

  /** Where each stretch begins in this vector; the last number is the size. */
  private final int[] starts;

  /** The vectors that it is joined from. */
  Stream<NativeVector> vectors() {
    return Stream.of(vectors);
  }

  /** Lays parameters out. */
  static final class Layout {
    /** A stretch, of an own vector that is not made yet if {@code vector} is null. */
    private record Stretch(NativeVector vector, int place, int start) {
      int end(int size) {
        return place + size - start;
      }
    }

    private final List<Stretch> stretches = new ArrayList<>();
    private final Map<Parameter.Home, Integer> known = new HashMap<>();
    private int size;
    private int own;

    /** Where a parameter with this home lies already, if it does. */
    OptionalInt known(Parameter parameter) {
      Integer offset = parameter.home().map(known::get).orElse(null);
      return offset == null ? OptionalInt.empty() : OptionalInt.of(offset);
    }

    /** Adds a parameter at the end. */
    int add(Parameter parameter) {
      int offset = size;
      var place = (NativeVector.Place) parameter.home().orElse(null);
      NativeVector vector = place == null ? null : place.vector();
      int at = place == null ? own : place.offset();
      Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
      if (last == null || last.vector != vector || last.end(size) != at) {
        stretches.add(new Stretch(vector, at, size));
      }
      parameter.home().ifPresent(home -> known.put(home, offset));
      size = Math.addExact(size, parameter.size());
      own += place == null ? parameter.size() : 0;
      return offset;
    }

    int size() {
      return size;
    }

    /** Allocates what is not there yet, and becomes a user of the rest. */
    JoinedVector joined() {
      return new JoinedVector(this);
    }
  }

  private JoinedVector(Layout layout) {
    int count = layout.stretches.size();
    vectors = new NativeVector[count];
    places = new int[count];
    starts = new int[count + 1];
    starts[count] = layout.size;
    NativeVector own = null;
    int used = 0;
    try {
      for (; used < count; used++) {
        Layout.Stretch stretch = layout.stretches.get(used);
        places[used] = stretch.place;
        starts[used] = stretch.start;
        if (stretch.vector == null && own == null) {
          own = new NativeVector(layout.own);
          vectors[used] = own;
        } else {
          vectors[used] = stretch.vector == null ? own : stretch.vector;
          vectors[used].retain();
        }
      }
    } catch (RuntimeException | Error e) {
      release(used);
      throw e;
    }
  }

  int size() {
    return starts[vectors.length];
  }

  void read(int offset, float[] into, int count) {
    int done = 0;
    for (int i = stretch(offset); done < count; i++) {
      int from = offset + done;
      int part = Math.min(count - done, starts[i + 1] - from);
      vectors[i].read(places[i] + from - starts[i], into, done, part);
      done += part;
    }
  }

  void write(int offset, float[] from, int count) {
    int done = 0;
    for (int i = stretch(offset); done < count; i++) {
      int to = offset + done;
      int part = Math.min(count - done, starts[i + 1] - to);
      vectors[i].write(places[i] + to - starts[i], from, done, part);
      done += part;
    }
  }

  /** Copies rows of one parameter. */
  void readRows(int[] starts, int first, int count, int width, float[] into) {
    if (count > 0) {
      int i = stretch(starts[first]);
      vectors[i].readRows(places[i] - this.starts[i], starts, first, count, width, into);
    }
  }

  void writeRows(int[] starts, int first, int count, int width, float[] from) {
    if (count > 0) {
      int i = stretch(starts[first]);
      vectors[i].writeRows(places[i] - this.starts[i], starts, first, count, width, from);
    }
  }

  Pointer at(int offset) {
    int i = stretch(offset);
    return vectors[i].at(places[i] + offset - starts[i]);
  }

  NativeVector.Place place(int offset) {
    int i = stretch(offset);
    return new NativeVector.Place(vectors[i], places[i] + offset - starts[i]);
  }

  /** Grows when any of its numbers changes, whichever model writes it. */
  long version() {
    long version = 0;
    for (int i = 0; i < vectors.length; i++) {
      version += vectors[i].version();
    }
    return version;
  }

  /** Says that numbers were changed in place. */
  void changed() {
    for (int i = 0; i < vectors.length; i++) {
      vectors[i].changed();
    }
  }

  private int stretch(int offset) {
    int i = 0;
    while (i + 1 < vectors.length && starts[i + 1] <= offset) {
      i++;
    }
    return i;
  }

  void release() {
    release(vectors.length);
  }

  private void release(int used) {
    for (int i = 0; i < used; i++) {
      vectors[i].release();
    }
  }
}
