package org.lossbook.engine.onednn;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.stream.Stream;
import org.lossbook.Internal;

/**
 * How long OpenMP's threads stay awake while they wait, for the next operation or for each other.
 * GNU's spin for milliseconds. Meanwhile they take the processor from what they wait for: from
 * threads of Java that compute between two operations, and, on a machine that does other things
 * too, from the other thread of the same operation.
 *
 * @hidden
 */
@Internal
public final class ShortWaits {
  /** The variable of the environment. */
  public static final String VARIABLE = "GOMP_SPINCOUNT";

  /**
   * About 0.1 ms: longer than what lies between most operations of a step. A thread that sleeps
   * then is woken before others on a busy machine, so that a step beside busy processes takes
   * little more processor time than alone. So the number of threads, and with it each bit of the
   * result, need not depend on the load.
   */
  public static final String TURNS = "3000";

  private ShortWaits() {}

  /**
   * Sets it for this process, unless its environment does. OpenMP reads it when it is loaded, so
   * this comes before.
   */
  static void set() {
    boolean isSet =
        Stream.of(VARIABLE, "OMP_WAIT_POLICY").anyMatch(name -> System.getenv(name) != null);
    if (Platform.isLinux() && !isSet) {
      try {
        NativeLibrary.getInstance("c")
            .getFunction("setenv")
            .invokeInt(new Object[] {VARIABLE, TURNS, 0});
      } catch (UnsatisfiedLinkError e) {
        return; // no C library of that name: steps are right all the same, only slower
      }
    }
  }
}
