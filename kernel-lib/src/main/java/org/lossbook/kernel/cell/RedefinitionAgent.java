package org.lossbook.kernel.cell;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.lossbook.Internal;

/**
 * The kernel's own agent, which lets a class that lives get new code. It is loaded when a cell is
 * edited for the first time, because {@code -javaagent} would slow down the start of every kernel
 * by 150 ms, and attaching takes a second and a socket.
 *
 * @hidden
 */
@Internal
public final class RedefinitionAgent {
  private static volatile Instrumentation instrumentation;
  private static volatile boolean tried;

  private RedefinitionAgent() {}

  /** Called by the JVM when this is loaded into a running process. */
  public static void agentmain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  /** Called by the JVM at startup when this is named with {@code -javaagent}. */
  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  /** What redefines classes; none where the JVM refuses agents. */
  static synchronized Optional<Instrumentation> instrumentation() {
    if (instrumentation == null && !tried) {
      tried = true;
      try {
        Path jar = jar();
        load(jar);
        jar.toFile().deleteOnExit(); // Windows keeps it open until then
        jar.toFile().delete();
      } catch (Throwable e) {
        // Without an agent an edited cell gets new classes, and values are carried over to them.
        instrumentation = null;
      }
    }
    return Optional.ofNullable(instrumentation);
  }

  /** A jar that only names this class, which the class path has. */
  private static Path jar() throws IOException {
    var manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Launcher-Agent-Class", RedefinitionAgent.class.getName());
    main.putValue("Can-Redefine-Classes", "true");
    Path jar = Files.createTempFile("lossbook-agent", ".jar");
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
    return jar;
  }

  /**
   * Loads an agent as the launcher does for {@code java -jar}. That method is the JDK's own, and
   * exporting it by an option would cost every start 100 ms.
   */
  private static void load(Path jar) throws Throwable {
    Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field the = type.getDeclaredField("theUnsafe");
    the.setAccessible(true);
    Object unsafe = the.get(null);
    Object base = type.getMethod("staticFieldBase", Field.class).invoke(unsafe, trusted);
    Object offset = type.getMethod("staticFieldOffset", Field.class).invoke(unsafe, trusted);
    var lookup =
        (MethodHandles.Lookup)
            type.getMethod("getObject", Object.class, long.class).invoke(unsafe, base, offset);
    MethodHandle load =
        lookup.findStatic(
            Class.forName("sun.instrument.InstrumentationImpl"),
            "loadAgent",
            MethodType.methodType(void.class, String.class));
    load.invoke(jar.toString());
  }
}
