package org.lossbook.engine.onednn;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * The threads oneDNN uses. It has no setter of its own and asks OpenMP, whose count holds for the
 * calling thread alone; a network of a few thousand numbers is slower on two threads than on one.
 */
final class Threads {
  private static final boolean SETTABLE = OpenMp.found();

  /**
   * The most to use: OpenMP's own count, or OMP_NUM_THREADS, but no more than the processors this
   * process may have. OpenMP does not see a container's quota and would start a thread a core.
   */
  static final int MOST =
      SETTABLE
          ? Math.min(Runtime.getRuntime().availableProcessors(), OpenMp.omp_get_max_threads())
          : Runtime.getRuntime().availableProcessors();

  private Threads() {}

  /** Sets the threads for what this thread runs next; allocates nothing. */
  static void use(int count) {
    if (SETTABLE) {
      OpenMp.omp_set_num_threads(count);
    }
  }

  /** The OpenMP library that came with oneDNN, by its own names. */
  static final class OpenMp {
    static native void omp_set_num_threads(int count);

    static native int omp_get_max_threads();

    /** Without it, as where oneDNN was built on something else, all threads are used always. */
    static boolean found() {
      try {
        library().ifPresent(library -> Native.register(OpenMp.class, library));
        return library().isPresent();
      } catch (UnsatisfiedLinkError e) {
        return false;
      }
    }

    /** The very file that was loaded with oneDNN (libgomp.so.1, libomp.dylib): it is not global. */
    static Optional<NativeLibrary> library() {
      return Loader.getLoadedLibraries().values().stream()
          .filter(file -> Path.of(file).getFileName().toString().contains("omp"))
          .findFirst()
          .map(NativeLibrary::getInstance);
    }
  }
}
