package org.lossbook.kernel.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.kernel.cell.CellFailure;
import org.lossbook.kernel.cell.CellRunner;
import org.lossbook.kernel.cell.Startup;

/** The Tab key and the Enter key. */
class KeysTest {
  private static final CellRunner CELLS = Startup.run();
  private static final List<String> MAGICS =
      List.of("%maven", "%mavenRepo", "%time", "%%time", "%%bash");

  @AfterAll
  static void stop() {
    CELLS.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%ma|0|%maven,%mavenRepo",
        "%|0|%maven,%mavenRepo,%time,%%time,%%bash",
        "%%|0|%%time,%%bash",
        "%ti|0|%time,%%time",
        "int a = 1;N%ti|11|%time",
        "var jars = %mav|11|%maven,%mavenRepo",
        "%time Math.sig|11|signum(",
        "%timeit -n 3 Math.sig|18|signum(",
        "%%timeNMath.sig|12|signum(",
        "!echo it'sNMath.sig|16|signum(",
        "5 % Math.sig|9|signum(",
      })
  void magicsAreListedWhereTheyStandAndJavaIsCompletedInThem(String code, int start, String words) {
    var found = tab(code.replace('N', '\n'));
    assertThat(found).containsExactly(words.split(","));
    assertThat(completion(code.replace('N', '\n')).getSourceStart()).isEqualTo(start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam(",
        "noSuchMethod(",
        "\"abc",
        "\"abc.",
        "'a",
        "// Math.sig",
        "/* Math.sig",
        "String s = \"\"\"\n  Math.sig",
        "\"\\\" Math.sig",
        "%maven com.goog",
        "%%bash\nls",
        "!ls "
      })
  void whereNothingFitsNothingIsListed(String code) {
    assertThat(tab(code)).isEmpty();
  }

  @Test
  void anArgumentIsWhatFits() throws CellFailure {
    CELLS.run(1, "int units = 4; String name = \"x\";");
    assertThat(tab("dense(")).contains("units").doesNotContain("name", "String", "adam()");
    assertThat(tab("dense(64).l2(1, ")).doesNotContain("name");
    assertThat(tab("adam().learningRate(")).contains("exponentialDecay(").hasSizeLessThan(60);
    assertThat(tab("if (na")).contains("name");
    assertThat(tab("\"(\".le")).containsExactly("length()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Override",
        "@Override\n",
        "@SuppressWarnings(\"all\")",
        "/** Why. */\n@Deprecated",
        "// note\n@java.lang.Override",
        "int a = 1;\n@Override",
        "class A {\n  @Override",
        "String s = \"\"\"\nopen",
        "if (true)",
        "if (true) { } else",
        "else",
        "1 +",
        "a ? b :",
        "x =",
        "x &&",
        "() ->",
        "dense(3)\n    .",
        ".",
        "/* open",
        "%%time\n1 + 1",
        "for (;;)",
        "new"
      })
  void anUnfinishedCellGoesOn(String code) {
    assertThat(enter(code)).isNotEqualTo("complete").isNotEqualTo("invalid").isBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 1",
        "@Deprecated\nint f() { return 1; }",
        "@interface B { }",
        "import java.util.*",
        "x = 5; // a +",
        "\"a +\"",
        "i++",
        "i--",
        "%maven a:b:1",
        "%%bash\nls\n",
        "dense(3)\n    .relu()",
        ""
      })
  void aFinishedCellRuns(String code) {
    assertThat(enter(code)).isEqualTo("complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"}", "1 + )", "\"abc", "\"a +", "'a"})
  void whatNothingCanFinishIsInvalid(String code) {
    assertThat(enter(code)).isEqualTo("invalid");
  }

  private static List<String> tab(String code) {
    return completion(code).getReplacements();
  }

  private static io.github.spencerpark.jupyter.kernel.ReplacementOptions completion(String code) {
    return new Completion(CELLS, MAGICS).at(code, code.length());
  }

  private static String enter(String code) {
    return new EnterKey(CELLS).isComplete(code, "complete", "invalid");
  }
}
