package org.lossbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MagicsTest {
  private static Magics magics(List<Magic> those) {
    var magics = new Magics(code -> null);
    those.forEach(magics::register);
    return magics;
  }

  @Test
  void jarsAreFilesAndClasspathIsAnything(@TempDir Path folder) throws Exception {
    Path jar = Files.createFile(folder.resolve("a.jar"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    var added = new ArrayList<Path>();
    Magics magics = magics(new ClasspathMagics(new Environment(), added::add).magics());
    List<String> jars = magics.line("jars", List.of(folder + "/*.jar"));
    List<String> all = magics.line("classpath", List.of(folder + "/*"));
    assertThat(jars).containsExactly(jar.toString());
    assertThat(all).containsExactlyInAnyOrder(jar.toString(), classes.toString());
    assertThat(added).hasSize(3);
  }

  @Test
  void whatIsNotThereIsNamed(@TempDir Path folder) {
    Magics magics = magics(new ClasspathMagics(new Environment(), path -> {}).magics());
    assertThatThrownBy(() -> magics.line("jars", List.of(folder + "/none*.jar")))
        .hasMessageStartingWith("%jars finds nothing at " + folder + "/none*.jar");
    assertThatThrownBy(() -> magics.line("jarz", List.of()))
        .hasMessage("There is no magic %jarz, but there is %jars: %lsmagic lists them all.");
    assertThatThrownBy(() -> magics.line("wholly", List.of()))
        .hasMessage("There is no magic %wholly: %lsmagic lists them all.");
    assertThatThrownBy(() -> magics.cell("jars", List.of(), "x"))
        .hasMessageStartingWith("%%jars is written %jars: %jars lib/*.jar");
  }

  @Test
  void mavenSaysWhatACoordinateLooksLike() {
    Magics magics = magics(new MavenMagics(new Environment(), (path, sources) -> {}).magics());
    assertThatThrownBy(() -> magics.line("maven", List.of("gson")))
        .hasMessage(
            "%maven expects group:artifact:version but receives gson, which is not a coordinate.");
  }
}
