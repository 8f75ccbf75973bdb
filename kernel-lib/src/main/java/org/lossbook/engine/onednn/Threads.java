package org.lossbook.engine.onednn;

import com.sun.jna.Function;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * The threads oneDNN uses. It has no setter of its own and asks OpenMP, whose count holds for the
 * calling thread alone; a network of a few thousand numbers is slower on two threads than on one.
 */
final class Threads {
  /**
   * The most to use: OpenMP's own count, or OMP_NUM_THREADS, but no more than the processors this
   * process may have. OpenMP does not see a container's quota and would start a thread a core.
   */
  static final int MOST;

  private static final Function SET;
  private static final Object[][] COUNTS;

  static {
    SET = function("omp_set_num_threads");
    Function most = function("omp_get_max_threads");
    int processors = Runtime.getRuntime().availableProcessors();
    MOST = most == null ? processors : Math.min(processors, most.invokeInt(new Object[0]));
    COUNTS = new Object[MOST + 1][];
    for (int count = 0; count <= MOST; count++) {
      COUNTS[count] = new Object[] {count};
    }
  }

  private Threads() {}

  private static Function function(String name) {
    Pointer address = Loader.addressof(name);
    return address == null
        ? null
        : Function.getFunction(new com.sun.jna.Pointer(address.address()));
  }

  /** Sets the threads for what this thread runs next; costs 0.2 µs and allocates nothing. */
  static void use(int count) {
    if (SET != null) {
      SET.invokeVoid(COUNTS[count]);
    }
  }
}
