package org.lossbook.kernel.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.kernel.help.SourceDocs;

/**
 * Writes the files of the kernel that Python's wheels hold, a folder a wheel: no file of PyPI's may
 * have more than 100 MB. It is run from the jars that it merges:
 *
 * <pre>{@code
 * java -cp 'target/lossbook.jar:target/lib/*' org.lossbook.kernel.install.WheelParts DIR
 * }</pre>
 *
 * @hidden
 */
@Internal
public final class WheelParts {
  private static final String KERNEL = "lossbook";
  private static final String LIBRARIES = "lossbook-libraries";
  private static final String ND4J = "lossbook-nd4j";
  private static final String NATIVE = ".*-(linux|macosx|windows)-(x86_64|arm64)\\.jar";

  private WheelParts() {}

  /** Writes the folders under {@code args[0]}. */
  public static void main(String[] args) throws IOException {
    Path to = Path.of(args[0]);
    for (Map.Entry<String, List<Path>> part : parts(KernelHome.ownJars()).entrySet()) {
      String name = part.getKey();
      Path folder = Files.createDirectories(to.resolve(name));
      AllJar.writePart(part.getValue(), folder.resolve(name + ".jar"), name.equals(KERNEL));
    }
    writeKernel(to.resolve(KERNEL));
  }

  /**
   * Which jars go together: ND4J's native library, which is nearly as large as a wheel may be; what
   * is the same on every machine; and the library with the other natives.
   */
  static Map<String, List<Path>> parts(List<Path> jars) {
    var parts = new LinkedHashMap<String, List<Path>>();
    for (String name : List.of(KERNEL, LIBRARIES, ND4J)) {
      parts.put(name, new ArrayList<>());
    }
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      boolean isNative = name.matches(NATIVE);
      String part =
          isNative && name.startsWith("nd4j-native")
              ? ND4J
              : isNative || name.startsWith("lossbook-") ? KERNEL : LIBRARIES;
      parts.get(part).add(jar);
    }
    return parts;
  }

  private static void writeKernel(Path folder) throws IOException {
    Path sources = SourceDocs.sourcesBeside(KernelHome.ownJars().get(0)).orElse(null);
    if (sources != null) {
      Path to = folder.resolve(KERNEL + "-sources.jar");
      Files.copy(sources, to, StandardCopyOption.REPLACE_EXISTING);
    }
    for (Map.Entry<String, byte[]> picture : Logo.files().entrySet()) {
      Files.write(folder.resolve(picture.getKey()), picture.getValue());
    }
    Files.writeString(folder.resolve(KernelHome.LOGGING), KernelHome.QUIET);
    List<String> argv = KernelSpec.launched(KERNEL + ".jar", KernelHome.LOGGING);
    Files.writeString(folder.resolve("kernel.json"), KernelSpec.json(argv, Map.of()));
  }
}
