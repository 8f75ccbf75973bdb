package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathIndexTest {
  @TempDir Path folder;

  @Test
  void aPackageOfAJarHasItsClassesAndNoOthers() throws IOException {
    Path jar =
        jar(
            false,
            "a/b/One.class",
            "a/b/c/Two.class",
            "a/b/notes.txt",
            "Root.class",
            "odd name/%20.class");

    assertThat(names("a.b", jar)).containsExactly("a.b.One");
    assertThat(names("", jar)).containsExactly("Root");
    assertThat(names("a", jar)).isEmpty();
    assertThat(list("odd name", jar).get(0).toUri())
        .asString()
        .endsWith(".jar!/odd%20name/%2520.class");
  }

  @Test
  void aMultiReleaseJarHasWhatThisJavaLoads() throws IOException {
    Path jar =
        jar(
            true,
            "a/One.class",
            "META-INF/versions/9/a/One.class",
            "META-INF/versions/9/a/Nine.class",
            "META-INF/versions/99/a/Later.class");

    assertThat(names("a", jar)).containsExactly("a.One", "a.Nine");
    assertThat(content("a", jar)).startsWith("META-INF/versions/9/a/One.class");
  }

  @Test
  void aJarThatIsNotMultiReleaseHasNoVersions() throws IOException {
    Path jar = jar(false, "a/One.class", "META-INF/versions/9/a/Nine.class");

    assertThat(names("a", jar)).containsExactly("a.One");
  }

  @Test
  void theClassPathIsReadInItsOrderDirectoriesToo() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("classes/a"));
    Files.writeString(directory.resolve("Two.class"), "two");
    Files.writeString(directory.resolve("Two.java"), "source");
    Path jar = jar(false, "a/One.class");

    assertThat(names("a", folder.resolve("classes"), jar)).containsExactly("a.Two", "a.One");
    assertThat(names("a", jar, folder.resolve("classes"))).containsExactly("a.One", "a.Two");
  }

  @Test
  void whatCannotBeReadHasNoClasses() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "not a jar");

    assertThat(names("a", broken, folder.resolve("missing.jar"))).isEmpty();
  }

  private Path jar(boolean isMultiRelease, String... entries) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (isMultiRelease) {
      manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    }
    Path jar = Files.createTempFile(folder, "some", ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(entry.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static List<String> names(String packageName, Path... classPath) {
    return list(packageName, classPath).stream()
        .map(file -> ((ClassPathFile) file).binaryName())
        .toList();
  }

  private static String content(String packageName, Path jar) throws IOException {
    try (var in = list(packageName, jar).get(0).openInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<JavaFileObject> list(String packageName, Path... classPath) {
    return new ClassPathIndex().list(List.of(classPath), packageName, EnumSet.of(Kind.CLASS));
  }
}
