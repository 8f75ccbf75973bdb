package org.lossbook.kernel.install;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/** Finds the jar of an IJava that Jupyter knows. */
final class InstalledIJava {
  private static final String MAIN = "io/github/spencerpark/ijava/IJava.class";

  private InstalledIJava() {}

  /** The jar that a kernelspec in one of {@code dataDirectories} starts, other than ours. */
  static Optional<Path> find(List<Path> dataDirectories) {
    for (Path data : dataDirectories) {
      try (var kernels = Files.newDirectoryStream(data.resolve("kernels"))) {
        for (Path kernel : kernels) {
          Optional<Path> jar = kernel.endsWith("lossbook") ? Optional.empty() : jarOf(kernel);
          if (jar.isPresent()) {
            return jar;
          }
        }
      } catch (IOException e) {
        // no kernels here, or not readable
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> jarOf(Path kernel) {
    try {
      String text = Files.readString(kernel.resolve("kernel.json"));
      JsonObject spec = new JsonParser().parse(text).getAsJsonObject();
      for (JsonElement word : spec.getAsJsonArray("argv")) {
        String path = word.getAsString().replace("{resource_dir}", kernel.toString());
        if (path.endsWith(".jar") && isIJava(Path.of(path))) {
          return Optional.of(Path.of(path).toAbsolutePath());
        }
      }
    } catch (IOException | RuntimeException e) {
      // not a kernelspec, or an unknown form of one
    }
    return Optional.empty();
  }

  private static boolean isIJava(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (var jar = new JarFile(path.toFile())) {
      return jar.getEntry(MAIN) != null;
    }
  }
}
