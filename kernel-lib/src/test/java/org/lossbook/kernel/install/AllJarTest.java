package org.lossbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllJarTest {
  private static final String VERSIONED = "Manifest-Version: 1.0\nMulti-Release: true\n\n";
  private static final String PLUGIN = "META-INF/services/com.sun.source.util.Plugin";

  @TempDir Path folder;

  @Test
  void ofTwoFilesOfANameTheFirstIsTakenAsOnAClassPath() throws IOException {
    Path one = jar("one.jar", Map.of("a.txt", "of one", "b.txt", "b"));
    Path two = jar("two.jar", Map.of("a.txt", "of two", "c.txt", "c"));
    try (var all = merged(one, two)) {
      assertThat(text(all, "a.txt")).isEqualTo("of one");
      assertThat(text(all, "b.txt") + text(all, "c.txt")).isEqualTo("bc");
      assertThat(Collections.list(all.entries()))
          .extracting(ZipEntry::getName)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void servicesAreMergedAndTheGreetingIsOneOfThem() throws IOException {
    Path one = jar("one.jar", Map.of("META-INF/services/S", "p.A # the first\n\np.B\n"));
    Path two = jar("two.jar", Map.of("META-INF/services/S", "p.B\np.C"));
    try (var all = merged(one, two)) {
      assertThat(text(all, "META-INF/services/S")).isEqualTo("p.A\np.B\np.C\n");
      assertThat(text(all, PLUGIN)).isEqualTo("org.lossbook.notebook.rendering.Greeting\n");
    }
  }

  @Test
  void whatSpeaksOfOneJarAloneIsLeftOut() throws IOException {
    Path one =
        jar(
            "one.jar",
            Map.of(
                "META-INF/KEY.SF",
                "",
                "META-INF/KEY.RSA",
                "",
                "module-info.class",
                "",
                "META-INF/INDEX.LIST",
                "",
                "META-INF/versions/9/module-info.class",
                ""));
    try (var all = merged(one)) {
      assertThat(Collections.list(all.entries()))
          .extracting(ZipEntry::getName)
          .containsExactly("META-INF/MANIFEST.MF", "META-INF/NOTICE", PLUGIN);
    }
  }

  @Test
  void filesOfAJavaVersionComeFromJarsThatMeanThem() throws IOException {
    Path one =
        jar(
            "one.jar",
            Map.of("META-INF/MANIFEST.MF", VERSIONED, "META-INF/versions/17/a.txt", "a"));
    Path two = jar("two.jar", Map.of("META-INF/versions/17/b.txt", "b"));
    try (var all = merged(one, two)) {
      assertThat(all.isMultiRelease()).isTrue();
      assertThat(all.getEntry("META-INF/versions/17/a.txt")).isNotNull();
      assertThat(all.getEntry("META-INF/versions/17/b.txt")).isNull();
    }
  }

  @Test
  void eachJarKeepsItsLicence() throws IOException {
    Path one = jar("one.jar", Map.of("META-INF/LICENSE.txt", "MIT"));
    Path two = jar("two.jar", Map.of("META-INF/LICENSE.txt", "Apache", "LICENSE", "Apache"));
    try (var all = merged(one, two)) {
      assertThat(text(all, "META-INF/legal/one.jar/LICENSE.txt")).isEqualTo("MIT");
      assertThat(text(all, "META-INF/legal/two.jar/LICENSE.txt")).isEqualTo("Apache");
    }
  }

  @Test
  void aJarWithoutATextGetsThoseThatTheNoticeNames() throws IOException {
    Path one = jar("openblas-0.3.31-1.5.13-linux-x86_64.jar", Map.of("a.txt", "a"));
    Path two = jar("slf4j-api-2.0.17.jar", Map.of("META-INF/LICENSE.txt", "its own"));
    Path three = jar("javax.inject-1.jar", Map.of("c.txt", "c"));
    try (var all = merged(one, two, three)) {
      assertThat(all.getEntry("META-INF/legal/javax.inject-1.jar/Apache-2.0.txt")).isNotNull();
      String legal = "META-INF/legal/" + one.getFileName() + "/";
      assertThat(text(all, legal + "BSD-3-Clause.txt")).contains("THE COPYRIGHT HOLDERS");
      assertThat(text(all, legal + "GPL-3.0-with-GCC-exception.txt"))
          .contains("GCC RUNTIME LIBRARY EXCEPTION", "GNU GENERAL PUBLIC LICENSE");
      assertThat(all.getEntry("META-INF/legal/slf4j-api-2.0.17.jar/MIT.txt")).isNull();
      assertThat(text(all, "META-INF/NOTICE")).contains("The OpenBLAS Project");
    }
  }

  @Test
  void theSameJarsAreNotMergedTwiceAndOthersAre() throws IOException {
    Path one = jar("one.jar", Map.of("a.txt", "a"));
    Path to = folder.resolve(AllJar.NAME);
    assertThat(AllJar.write(List.of(one), to)).isTrue();
    assertThat(AllJar.write(List.of(one), to)).isFalse();
    jar("one.jar", Map.of("a.txt", "a longer text"));
    assertThat(AllJar.write(List.of(one), to)).isTrue();
    Files.writeString(to, "no jar");
    assertThat(AllJar.write(List.of(one), to)).isTrue();
  }

  private JarFile merged(Path... jars) throws IOException {
    Path to = folder.resolve(AllJar.NAME);
    AllJar.write(List.of(jars), to);
    return new JarFile(to.toFile());
  }

  private Path jar(String name, Map<String, String> files) throws IOException {
    Path path = folder.resolve(name);
    try (var out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return path;
  }

  private static String text(JarFile jar, String name) throws IOException {
    try (var in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
