package org.lossbook.engine.onednn.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory of an inference plan's values, used again once the last operation that reads a value
 * has run: a deep network then needs room for a few layers instead of all, which the processor's
 * cache can hold.
 */
final class ValuePool {
  /** A smaller value may take the place of one up to this many times its size. */
  private static final int MOST_TIMES = 4;

  private record Buffer(Pointer handle, long size) {}

  private final engine engine;
  private final Map<GraphNode, Integer> readers = new HashMap<>();
  private final Map<Long, Buffer> buffers = new HashMap<>();

  /** How many values that are still to be read lie at an address: a reshape shares one. */
  private final Map<Long, Integer> live = new HashMap<>();

  private final List<Buffer> free = new ArrayList<>();
  private final List<Buffer> taken = new ArrayList<>();

  ValuePool(engine engine, List<Operation> operations, List<GraphNode> results) {
    this.engine = engine;
    operations.forEach(
        operation -> operation.inputs.forEach(input -> readers.merge(input, 1, Integer::sum)));
    results.forEach(result -> readers.merge(result, 1, Integer::sum));
  }

  /** Memory for a value, or for what an operation needs on the way; null if none is free. */
  memory reused(memory.desc layout) {
    long size = layout.get_size();
    Buffer best = null;
    for (Buffer each : free) {
      boolean fits = each.size() >= size && each.size() <= MOST_TIMES * size;
      if (fits && (best == null || each.size() < best.size())) {
        best = each;
      }
    }
    if (best == null) {
      return null;
    }
    free.remove(best);
    taken.add(best);
    return new memory(layout, engine, best.handle());
  }

  /** Adds memory that was made because none was free. */
  memory add(memory made) {
    var buffer = new Buffer(made.get_data_handle(), made.get_desc().get_size());
    buffers.put(address(made), buffer);
    taken.add(buffer);
    return made;
  }

  /** Frees what the operation needed on the way, and the inputs that it was the last to read. */
  void finished(Operation operation) {
    long output = address(operation.output.value);
    live.merge(output, 1, Integer::sum);
    for (Buffer each : taken) {
      if (each.handle().address() != output) {
        free.add(each);
      }
    }
    taken.clear();
    for (GraphNode input : operation.inputs) {
      if (readers.merge(input, -1, Integer::sum) == 0) {
        release(address(input.value));
      }
    }
  }

  private void release(long address) {
    Buffer buffer = buffers.get(address);
    if (buffer != null && live.merge(address, -1, Integer::sum) == 0) {
      free.add(buffer);
    }
  }

  private static long address(memory memory) {
    return memory.get_data_handle().address();
  }
}
