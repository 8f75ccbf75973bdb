package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The reader's libraries come before those that the kernel brings for itself. */
class LibrariesTest {
  private static final String GSON =
      """
      package com.google.gson;
      public class Gson {
        public String toJson(Object value) { return "mine"; }
        public static String onlyHere() { return new Helper().word(); }
      }
      class Helper { String word() { return "helped"; } }
      """;

  // The loader keeps the jars open.
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  private static final CellRunner CELLS = Startup.run();
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void start() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setOut(before);
  }

  @Test
  void theReadersVersionOfALibraryOfTheKernelIsCompiledAgainstAndLoaded() throws Exception {
    add(jar("gson-9.jar", Map.of("com.google.gson.Gson", GSON)));
    assertThat(CELLS.run(1, "import com.google.gson.*;\nnew Gson().toJson(1)")).isEqualTo("mine");
    assertThat(CELLS.run(2, "Gson.onlyHere()")).isEqualTo("helped");
    assertThat(CELLS.run(3, "Class.forName(\"com.google.gson.Gson\").getClassLoader().getName()"))
        .isEqualTo("libraries");
    // What the reader's jar does not have is still the kernel's, and the kernel keeps its own.
    assertThat(CELLS.run(4, "new com.google.gson.JsonObject().toString()")).isEqualTo("{}");
    assertThat(new com.google.gson.Gson().toJson(1)).isEqualTo("1");
    assertThat(printed()).isEmpty();
    add(jar("gson-10.jar", Map.of("com.google.gson.Gson", GSON.replace("mine", "another"))));
    assertThat(CELLS.run(5, "new Gson().toJson(1)")).isEqualTo("mine");
    assertThat(printed())
        .isEqualTo(
            "gson-10.jar is not used: another version was added before."
                + " Restart the kernel to change it.");
    Path needed =
        jar("gson-11.jar", Map.of("com.google.gson.Gson", GSON.replace("mine", "a third")));
    LibraryNotes.asNeeded(() -> add(needed));
    assertThat(printed()).isEmpty();
  }

  @Test
  void everyLibraryOfTheKernelGivesWay() throws Exception {
    for (String name :
        new String[] {
          "org.apache.commons.io.FileUtils",
          "org.objectweb.asm.ClassReader",
          "org.slf4j.LoggerFactory",
          "org.zeromq.ZMQ",
          "org.apache.maven.model.Model",
          "org.eclipse.aether.RepositorySystem"
        }) {
      String simple = name.substring(name.lastIndexOf('.') + 1);
      String source =
          "package %s; public class %s { public static String word() { return \"mine\"; } }"
              .formatted(name.substring(0, name.lastIndexOf('.')), simple);
      add(jar(simple + "-9.jar", Map.of(name, source)));
      assertThat(CELLS.run(1, name + ".word()")).isEqualTo("mine");
    }
    assertThat(printed()).isEmpty();
  }

  @Test
  void aServiceInAFolderOfClassesHasTheReadersProvidersOnly() throws Exception {
    String service =
        "package org.slf4j.spi; public interface SLF4JServiceProvider { String word(); }";
    String provider =
        """
        package mine;
        public class Provider implements org.slf4j.spi.SLF4JServiceProvider {
          public String word() { return "mine"; }
        }
        """;
    Path classes =
        compiled(Map.of("org.slf4j.spi.SLF4JServiceProvider", service, "mine.Provider", provider));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("org.slf4j.spi.SLF4JServiceProvider"), "mine.Provider");
    add(classes);
    Object words =
        CELLS.run(
            1,
            "ServiceLoader.load(org.slf4j.spi.SLF4JServiceProvider.class).stream()"
                + ".map(each -> each.get().word()).toList().toString()");
    assertThat(words).isEqualTo("[mine]");
  }

  @Test
  void whatLossbooksOwnApiUsesStaysAndALineSaysSo() throws Exception {
    String table = "package tech.tablesaw.api; public class Table { }";
    add(jar("tablesaw-core-9.jar", Map.of("tech.tablesaw.api.Table", table)));
    assertThat(CELLS.run(1, "tech.tablesaw.api.Table.create(\"t\").name()")).isEqualTo("t");
    assertThat(printed())
        .isEqualTo(
            "tablesaw-core-9.jar is not used: Lossbook needs its own version of tech.tablesaw.");
    String addition = "package tech.tablesaw.more; public class More { public int n = 3; }";
    add(jar("more.jar", Map.of("tech.tablesaw.more.More", addition)));
    assertThat(CELLS.run(2, "new tech.tablesaw.more.More().n")).isEqualTo(3);
    assertThat(printed()).isEmpty();
  }

  @Test
  void aLibraryThatCellsUsedAlreadyStaysAndALineSaysWhatToDo() throws Exception {
    CELLS.run(1, "org.apache.commons.codec.digest.DigestUtils.md5Hex(\"\")");
    String digest =
        "package org.apache.commons.codec.digest; public class DigestUtils {"
            + " public static String md5Hex(String text) { return \"mine\"; } }";
    add(jar("codec-9.jar", Map.of("org.apache.commons.codec.digest.DigestUtils", digest)));
    assertThat(CELLS.run(2, "org.apache.commons.codec.digest.DigestUtils.md5Hex(\"\")"))
        .isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    assertThat(printed())
        .isEqualTo(
            "codec-9.jar is not used: a cell used the kernel's own org.apache.commons.codec.digest"
                + " before. Restart the kernel and add the jar first.");
  }

  @Test
  void theVeryJarOfTheKernelChangesNothing() throws Exception {
    Class<?> bundled = org.apache.commons.lang3.StringUtils.class;
    Path own = Path.of(bundled.getProtectionDomain().getCodeSource().getLocation().toURI());
    add(Files.copy(own, folder.resolve("the-same.jar")));
    assertThat(CELLS.run(1, bundled.getName() + ".class")).isSameAs(bundled);
    assertThat(printed()).isEmpty();
  }

  @Test
  void whatTheJdkHasIsNeverReplacedAndABrokenJarIsRefused() throws Exception {
    Path classes = compiled(Map.of("mine.Word", "package mine; public class Word { }"));
    Path parser = classes.resolve("javax/xml/parsers/SAXParser.class");
    Files.createDirectories(parser.getParent());
    Files.writeString(parser, "no class");
    add(classes);
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
    assertThatThrownBy(() -> add(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broken.jar cannot be added");
    add(compiled(Map.of("mine.Later", "package mine; public class Later { }")));
    assertThat(CELLS.run(1, "javax.xml.parsers.SAXParser.class.getName()"))
        .isEqualTo("javax.xml.parsers.SAXParser");
    assertThat(CELLS.run(2, "new mine.Word() != null && new mine.Later() != null")).isEqualTo(true);
  }

  /** What was printed since the last call. */
  private String printed() {
    String text = printed.toString(StandardCharsets.UTF_8).strip();
    printed.reset();
    return text;
  }

  private void add(Path entry) {
    CELLS.shell().addToClasspath(entry.toString());
  }

  private Path jar(String name, Map<String, String> sources) throws IOException {
    Path classes = compiled(sources);
    Path jar = folder.resolve(name);
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String entry = classes.relativize(file).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = Files.newInputStream(file)) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }

  private Path compiled(Map<String, String> sources) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    Path code = Files.createTempDirectory(folder, "sources");
    var files = new java.util.ArrayList<String>(java.util.List.of("-d", classes.toString()));
    for (Map.Entry<String, String> each : sources.entrySet()) {
      Path file = code.resolve(each.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, each.getValue()).toString());
    }
    var errors = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, errors, errors, files.toArray(String[]::new));
    assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    return classes;
  }
}
