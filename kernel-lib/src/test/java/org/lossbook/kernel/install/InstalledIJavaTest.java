package org.lossbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledIJavaTest {
  @TempDir Path data;

  @Test
  void theJarThatAKernelspecStartsIsFound() throws IOException {
    Path jar = jar("io/github/spencerpark/ijava/IJava.class");
    kernelspec("java", "[\"java\", \"-jar\", \"" + jar + "\", \"{connection_file}\"]");
    assertThat(InstalledIJava.find(List.of(data))).contains(jar);
  }

  @Test
  void aJarBesideTheKernelspecIsFound() throws IOException {
    kernelspec("java", "[\"java\", \"-jar\", \"{resource_dir}/../../any.jar\"]");
    jar("io/github/spencerpark/ijava/IJava.class");
    assertThat(InstalledIJava.find(List.of(data)))
        .hasValueSatisfying(jar -> assertThat(jar).hasSameBinaryContentAs(data.resolve("any.jar")));
  }

  @Test
  void anotherKernelOurOwnAndABrokenOneAreNot() throws IOException {
    Path other = jar("some/other/Kernel.class");
    kernelspec("java", "[\"java\", \"-jar\", \"" + other + "\"]");
    kernelspec("broken", "oops");
    kernelspec("gone", "[\"java\", \"-jar\", \"" + data.resolve("gone.jar") + "\"]");
    assertThat(InstalledIJava.find(List.of(data, data.resolve("nowhere")))).isEmpty();
    Path ijava = jar("io/github/spencerpark/ijava/IJava.class");
    Files.delete(data.resolve("kernels/java/kernel.json"));
    kernelspec("lossbook", "[\"java\", \"-jar\", \"" + ijava + "\"]");
    assertThat(InstalledIJava.find(List.of(data))).isEmpty();
  }

  private void kernelspec(String name, String argv) throws IOException {
    Path folder = Files.createDirectories(data.resolve("kernels").resolve(name));
    Files.writeString(folder.resolve("kernel.json"), "{\"argv\": " + argv + "}");
  }

  private Path jar(String entry) throws IOException {
    Path jar = data.resolve("any.jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry(entry));
    }
    return jar;
  }
}
