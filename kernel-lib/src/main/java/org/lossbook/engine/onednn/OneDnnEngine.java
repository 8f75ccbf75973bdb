package org.lossbook.engine.onednn;

import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.lossbook.Internal;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.OneDnnParameters;

/**
 * The compute engine on oneDNN, on this machine's CPU.
 *
 * @hidden
 */
@Internal
public final class OneDnnEngine implements Engine {
  /**
   * The capacity of oneDNN's primitive cache. Its default of 1,024 grows to 400 MB after many batch
   * sizes; a network of this library's size needs about 40.
   */
  private static final int CODE_KEPT = 128;

  private final engine engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);

  private OneDnnEngine() {}

  /**
   * The engine of this process, loaded at the first call.
   *
   * @throws IllegalStateException if the native libraries cannot be loaded; the message names the
   *     platform and the file
   */
  public static OneDnnEngine instance() {
    return Holder.get();
  }

  @Override
  public Parameters parameters(List<Parameter> parameters) {
    return new OneDnnParameters(parameters);
  }

  @Override
  public long freeForParameters() {
    long most = Pointer.maxBytes(); // of the memory that JavaCPP has allocated
    long free = freeForPlans();
    return most > 0 ? Math.min(free, most - Pointer.totalBytes()) : free;
  }

  @Override
  public long freeForPlans() {
    long free = Math.min(Memory.machine() - Pointer.physicalBytes(), available());
    long most =
        Pointer.maxPhysicalBytes(); // of the process, beyond which JavaCPP allocates nothing
    return most > 0 ? Math.min(free, most - Pointer.physicalBytes()) : free;
  }

  /** The unused memory of this machine; unlimited if it is unknown. */
  private static long available() {
    long bytes = Pointer.availablePhysicalBytes();
    return bytes > 0 ? bytes : Long.MAX_VALUE;
  }

  @Override
  public Graph graph(Parameters parameters, int batch, Mode mode) {
    return new OneDnnGraph(engine, (OneDnnParameters) parameters, batch, mode);
  }

  private static final class Holder {
    private static OneDnnEngine engine;

    static synchronized OneDnnEngine get() {
      if (engine == null) {
        engine = load();
      }
      return engine;
    }

    private static OneDnnEngine load() {
      try {
        ShortWaits.set();
        Loader.load(dnnl.class);
        dnnl.dnnl_set_primitive_cache_capacity(CODE_KEPT);
        return new OneDnnEngine();
      } catch (LinkageError e) {
        throw new IllegalStateException(
            "Lossbook expects oneDNN's native library for "
                + platform()
                + " but cannot load it ("
                + reason(e)
                + "): put dnnl-*-"
                + platform()
                + ".jar and opencl-*-"
                + platform()
                + ".jar on the class path, which ./lossbook install does.",
            e);
      }
    }

    private static String platform() {
      try {
        return Loader.getPlatform();
      } catch (LinkageError e) {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
      }
    }

    /** The innermost message names the file that is missing. */
    private static String reason(Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
  }
}
