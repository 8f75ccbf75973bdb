package org.lossbook.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program of the tests in a process of its own, with a heap of its own.
 *
 * @param status that it ended with
 * @param lines what it said
 * @param errors what it said where it should say nothing
 */
public record Child(int status, List<String> lines, String errors) {
  /** Runs it in that folder, for no longer than it takes. */
  public static Child run(Class<?> program, Path folder, String heap) {
    Path out = folder.resolve("out.txt");
    Path errors = folder.resolve("errors.txt");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + heap);
    // It runs for seconds: the plain compiler and the plain collector cost the least.
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"));
    words.addAll(List.of("-cp", classPath(), program.getName()));
    try {
      int status =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(errors.toFile())
              .start()
              .waitFor();
      return new Child(
          status,
          Files.readString(out, StandardCharsets.UTF_8).lines().toList(),
          Files.readString(errors, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** That of this process, which stands in another folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
