package org.lossbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagicsTest {
  @Test
  void aLineBecomesACallAndKeepsItsPlace() {
    assertThat(Magics.translate("int a = 1;\n%maven g:a:1 \"two words\"\nint b = 2;"))
        .isEqualTo(
            "int a = 1;\n"
                + "lineMagic(\"maven\", List.<String>of(\"g:a:1\", \"two words\"));{};\n"
                + "int b = 2;");
  }

  @Test
  void aLineMayGiveItsValueToAVariable() {
    assertThat(Magics.translate("List<String> jars = %jars lib/*.jar"))
        .isEqualTo("List<String> jars = lineMagic(\"jars\", List.<String>of(\"lib/*.jar\"));{};");
  }

  @Test
  void aCellBecomesACallWithTheRestAsText() {
    assertThat(Magics.translate("%%loadFromPOM test\n<a b=\"c\">\\</a>"))
        .isEqualTo(
            "cellMagic(\"loadFromPOM\", List.<String>of(\"test\"), \"<a b=\\\"c\\\">\\\\</a>\");{};");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int r = 17 % five;",
        "String s = \"50 %d\";",
        "System.out.printf(\"%s%n\", 1);",
        "// see %maven",
        "int r = a\n  % b;"
      })
  void plainJavaStaysAsItIs(String code) {
    assertThat(Magics.translate(code)).isEqualTo(code);
  }

  @Test
  void jarsAreFilesAndClasspathIsAnything(@TempDir Path folder) throws Exception {
    Path jar = Files.createFile(folder.resolve("a.jar"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    var added = new ArrayList<Path>();
    var magics = new Magics();
    magics.register(new ClasspathMagics(added::add));
    List<String> jars = magics.line("jars", List.of(folder + "/*.jar"));
    List<String> all = magics.line("classpath", List.of(folder + "/*"));
    assertThat(jars).containsExactly(jar.toString());
    assertThat(all).containsExactlyInAnyOrder(jar.toString(), classes.toString());
    assertThat(added).hasSize(3);
  }

  @Test
  void whatIsNotThereIsNamed(@TempDir Path folder) {
    var magics = new Magics();
    magics.register(new ClasspathMagics(path -> {}));
    assertThatThrownBy(() -> magics.line("jars", List.of(folder + "/none*.jar")))
        .hasMessageStartingWith("%jars finds nothing at " + folder + "/none*.jar");
    assertThatThrownBy(() -> magics.line("jarz", List.of()))
        .hasMessageStartingWith("There is no magic %jarz");
  }

  @Test
  void mavenSaysWhatACoordinateLooksLike() {
    var magics = new Magics();
    magics.register(new MavenMagics(path -> {}));
    assertThatThrownBy(() -> magics.line("maven", List.of("gson")))
        .hasMessage(
            "%maven expects group:artifact:version but receives gson, which is not a coordinate.");
  }
}
