package org.lossbook.engine.onednn.operation;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.lossbook.Internal;

/**
 * The number of threads that oneDNN uses. It has no setter and asks OpenMP, whose setting is per
 * calling thread; a network of a few thousand numbers is slower on two threads than on one.
 *
 * @hidden
 */
@Internal
public final class Threads {
  private static final boolean SETTABLE = OpenMp.found();

  /**
   * The maximum: OpenMP's own count, or OMP_NUM_THREADS, but at most the processors available to
   * this process. OpenMP ignores a container's quota and would start one thread per core.
   */
  public static final int MOST =
      SETTABLE
          ? Math.min(Runtime.getRuntime().availableProcessors(), OpenMp.omp_get_max_threads())
          : Runtime.getRuntime().availableProcessors();

  /**
   * The number of multiplications per forward pass below which a second thread costs more than it
   * saves.
   */
  private static final long WORTH_MORE = 1_500_000;

  private Threads() {}

  /** How many threads are worth their cost for so many multiplications per forward pass. */
  public static int worth(long multiplications) {
    return multiplications < WORTH_MORE ? 1 : MOST;
  }

  /** Sets the number of threads for what this thread runs next; allocates nothing. */
  public static void use(int count) {
    if (SETTABLE) {
      OpenMp.omp_set_num_threads(count);
    }
  }

  /** The OpenMP library that oneDNN loaded; methods have the names of its functions. */
  static final class OpenMp {
    static native void omp_set_num_threads(int count);

    static native int omp_get_max_threads();

    /**
     * Whether it was found; otherwise, for example if oneDNN was built without OpenMP, all threads
     * are always used.
     */
    static boolean found() {
      try {
        library().ifPresent(library -> Native.register(OpenMp.class, library));
        return library().isPresent();
      } catch (UnsatisfiedLinkError e) {
        return false;
      }
    }

    /**
     * The same file that oneDNN loaded (libgomp.so.1, libomp.dylib), because its symbols are not
     * global.
     */
    static Optional<NativeLibrary> library() {
      return Loader.getLoadedLibraries().values().stream()
          .filter(file -> Path.of(file).getFileName().toString().contains("omp"))
          .findFirst()
          .map(NativeLibrary::getInstance);
    }
  }
}
