package org.lossbook.kernel.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.notebook.JavadocText;

class SourceDocsTest {
  private static final String SOURCE =
      """
      package p;

      /** Turns things. */
      public class Knob<T> {
        /** Starts at {@code at}. */
        public Knob(int at) {}

        /** {@linkplain Knob A knob}: to begin with. */
        public static Knob<String> knob() { return null; }

        /**
         * Turns by {@code n > 0} steps of {@link Knob#knob() a knob}.
         *
         * @param n how far
         * @return where it is
         */
        public int turn(final int n, java.util.List<String> names) { return n; }

        /** A part of it. */
        public record Part(int size) {}
      }
      """;

  @TempDir Path folder;
  private SourceDocs docs;

  @BeforeEach
  void makeJars() throws IOException {
    Path sources = folder.resolve("knob-1-sources.jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(sources))) {
      zip.putNextEntry(new ZipEntry("p/Knob.java"));
      zip.write(SOURCE.getBytes(StandardCharsets.UTF_8));
    }
    docs = new SourceDocs(SourceDocs.sourcesBeside(folder.resolve("knob-1.jar")).stream().toList());
  }

  @Test
  void aMethodIsFoundByItsSignature() {
    var text = new JavadocText(docs.of("int Knob<T>.turn(int n, List<String> names)"));
    assertThat(text.plain())
        .isEqualTo("Turns by n > 0 steps of a knob.\n  - n: how far\n  - returns where it is");
    assertThat(text.html())
        .isEqualTo(
            "Turns by <code>n &gt; 0</code> steps of <code>a knob</code>."
                + "<ul><li><code>n</code>: how far</li><li>returns where it is</li></ul>");
  }

  @Test
  void aFactoryBringsAlongWhatItMakes() {
    assertThat(new JavadocText(docs.of("Knob<String> Knob.knob()")).plain())
        .isEqualTo("A knob: to begin with.\nTurns things.");
  }

  @Test
  void aTypeAConstructorAndANestedTypeAreFound() {
    assertThat(docs.of("p.Knob<T>").strip()).isEqualTo("Turns things.");
    assertThat(docs.of("Knob(int at)").strip()).isEqualTo("Starts at {@code at}.");
    assertThat(docs.of("p.Knob.Part").strip()).isEqualTo("A part of it.");
  }

  @Test
  void whatHasNoSourceHasNoWords() {
    assertThat(docs.of("String Missing.of(int a)")).isNull();
    assertThat(new SourceDocs(List.of()).of("Knob(int at)")).isNull();
    assertThat(new JavadocText(null).html()).isEmpty();
  }

  @Test
  void aLibraryThatComesLaterBringsItsWords() {
    var added = new ArrayList<Path>();
    var later =
        new SourceDocs(List.of(), type -> type.equals("Knob") ? List.copyOf(added) : List.of());
    assertThat(later.of("Knob(int at)")).isNull();
    added.add(folder.resolve("knob-1-sources.jar"));
    assertThat(later.of("Knob(int at)").strip()).isEqualTo("Starts at {@code at}.");
  }

  @Test
  void theTagThatHidesAPageIsNotShown() {
    assertThat(new JavadocText("Turns things.\n\n@hidden\n").plain()).isEqualTo("Turns things.");
  }
}
