package org.lossbook.engine.onednn.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;

/**
 * The arguments of a primitive: the memories it reads and writes, by oneDNN's argument numbers.
 *
 * @hidden
 */
@Internal
public final class Arguments {
  private final List<Integer> numbers = new ArrayList<>();
  private final List<memory> memories = new ArrayList<>();

  public static Arguments of(int number, memory memory) {
    return new Arguments().and(number, memory);
  }

  public Arguments and(int number, memory memory) {
    numbers.add(number);
    memories.add(memory);
    return this;
  }

  public Arguments and(int number, Optional<memory> memory) {
    memory.ifPresent(present -> and(number, present));
    return this;
  }

  int count() {
    return numbers.size();
  }

  dnnl_exec_arg_t toNative() {
    var arguments = new dnnl_exec_arg_t(count());
    for (int i = 0; i < count(); i++) {
      arguments.getPointer(i).arg(numbers.get(i)).memory(memories.get(i).get());
    }
    return arguments;
  }
}
