package org.lossbook.quick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiling what changed ends where compiling everything does. */
class BuildTest {
  @TempDir Path folder;
  private Units main;
  private Units test;

  @BeforeEach
  void aLibraryAndItsTest() throws IOException {
    write("main", "Form", "public class Form { public static final int N = 1; }");
    write("main", "Circle", "public class Circle extends Form { public int area() { return 3; } }");
    write(
        "main", "Page", "public class Page { public long size() { return new Circle().area(); } }");
    write("main", "Empty", "class Empty {}");
    write("test", "PageTest", "class PageTest { long n = new Page().size() + Circle.N; }");
    write("test", "EmptyTest", "class EmptyTest {}");
    assertThat(build()).isEqualTo(6);
  }

  @Test
  void whatDidNotChangeIsNotCompiled() throws IOException {
    assertThat(build()).isZero();
  }

  @Test
  void aBodyIsCompiledAlone() throws IOException {
    write("main", "Circle", "public class Circle extends Form { public int area() { return 4; } }");
    assertThat(build()).isEqualTo(1);
  }

  @Test
  void aBodyWithALambdaAndAPrivateMethodIsCompiledAlone() throws IOException {
    write(
        "main",
        "Circle",
        """
        public class Circle extends Form {
          public int area() {
            java.util.function.IntUnaryOperator twice = n -> n + pi();
            return twice.applyAsInt(new Object() {}.hashCode());
          }
          private int pi() { return 3; }
        }
        """);
    assertThat(build()).isEqualTo(1);
  }

  @Test
  void anotherSignatureCompilesThoseThatCallIt() throws IOException {
    write(
        "main", "Circle", "public class Circle extends Form { public long area() { return 3; } }");
    assertThat(build()).isEqualTo(3); // Page calls it, PageTest reads a constant through it
  }

  @Test
  void aConstantIsNotKeptWhereItWasCopiedTo() throws IOException {
    write("main", "Form", "public class Form { public static final int N = 2; }");
    assertThat(build()).isEqualTo(4); // Form, Circle that extends it, Page, PageTest
  }

  @Test
  void aDeletedClassIsMissedByThoseThatUseIt() throws IOException {
    Files.delete(source("main", "Circle"));
    assertThatThrownBy(this::build).isInstanceOf(Build.Failed.class);
    assertThatThrownBy(this::build).isInstanceOf(Build.Failed.class);
    write("main", "Page", "public class Page { public long size() { return 7; } }");
    assertThatThrownBy(this::build).isInstanceOf(Build.Failed.class); // PageTest
    write("test", "PageTest", "class PageTest { long n = new Page().size(); }");
    assertThat(build()).isEqualTo(1);
    assertThat(main.classes.resolve("org/lossbook/Circle.class")).doesNotExist();
  }

  @Test
  void whatAnErrorKeptFromCompilingIsCompiledByTheNextRun() throws IOException {
    write(
        "main", "Circle", "public class Circle extends Form { public long area() { return 3; } }");
    write(
        "main", "Page", "public class Page { public int size() { return new Circle().area(); } }");
    assertThatThrownBy(this::build).isInstanceOf(Build.Failed.class);
    write(
        "main", "Page", "public class Page { public Long size() { return new Circle().area(); } }");
    assertThat(build()).isEqualTo(3);
  }

  @Test
  void aNestedClassThatIsGoneLeavesNoFile() throws IOException {
    write("main", "Empty", "class Empty { class Inner {} }");
    build();
    assertThat(main.classes.resolve("org/lossbook/Empty$Inner.class")).exists();
    write("main", "Empty", "class Empty {}");
    build();
    assertThat(main.classes.resolve("org/lossbook/Empty$Inner.class")).doesNotExist();
  }

  @Test
  void anotherSettingForgetsWhatWasCompiled() throws IOException {
    assertThat(units("main", "another class path").read()).isFalse();
  }

  @Test
  void whatMavenCompiledIsTakenOverButForTheSourcesThatChangedSince() throws IOException {
    Path compiled = main.classes;
    Units fresh = new Units(main.sources, folder.resolve("fresh"), "");
    var moved = FileTime.fromMillis(System.currentTimeMillis() + 2000);
    for (String file : Units.below(compiled, ".class")) {
      Files.setLastModifiedTime(compiled.resolve(file), moved);
    }
    Files.setLastModifiedTime(source("main", "Page"), FileTime.fromMillis(moved.toMillis() + 2000));
    assertThat(fresh.seed(compiled, main.hashes())).isTrue();
    Build build = new Build(fresh, List.of(), "", "17");
    build.run(fresh.hashes());
    assertThat(build.compiled()).isEqualTo(1);
  }

  /** How many sources a new process compiles. */
  private int build() throws IOException {
    main = units("main", "");
    test = units("test", "");
    main.read();
    test.read();
    Build mains = new Build(main, List.of(test), "", "17");
    Build tests = new Build(test, List.of(), main.classes + File.pathSeparator, "17");
    mains.run(main.hashes());
    tests.run(test.hashes());
    return mains.compiled() + tests.compiled();
  }

  private Units units(String part, String setting) {
    return new Units(folder.resolve(part), folder.resolve("target").resolve(part), setting);
  }

  private Path source(String part, String name) {
    return folder.resolve(part + "/org/lossbook/" + name + ".java");
  }

  private void write(String part, String name, String text) throws IOException {
    Path file = source(part, name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "package org.lossbook;\n" + text);
  }
}
