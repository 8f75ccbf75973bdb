package org.lossbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.kernel.cell.CellFailure;
import org.lossbook.kernel.cell.CellRunner;
import org.lossbook.kernel.cell.Startup;
import org.lossbook.notebook.ValueRenderer;
import org.lossbook.notebook.ValueRenderers;

class MagicCellsTest {
  private static final List<String> SHOWN = new ArrayList<>();
  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;
  private static CellRunner runner;
  private static MagicCells cells;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    runner = Startup.run();
    cells =
        new MagicCells(
            () -> runner,
            (type, text) -> SHOWN.add(type + ": " + text),
            options -> runner = Startup.run(options));
  }

  @AfterAll
  static void stop() {
    runner.close();
  }

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void hearNoMore() {
    System.setOut(OUT);
    System.setErr(ERR);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static List<String> report(String code) {
    var failure = catchThrowableOfType(CellFailure.class, () -> cells.run(3, code));
    return failure.lines().stream().map(line -> line.replaceAll("\u001B\\[[0-9;]*m", "")).toList();
  }

  @Test
  void aTextBlockOfPercentSignsIsText() throws CellFailure {
    assertThat(cells.run(1, "String t = \"\"\"\n%s has loss\n!ls\n\"\"\";\nt"))
        .isEqualTo("%s has loss\n!ls\n");
    assertThat(cells.run(1, "int a = 17, b = 5;\na\n % b")).isEqualTo(2);
    assertThat(cells.run(1, "a\n%b")).isEqualTo(2);
  }

  @Test
  void anotherListIsNoObstacle() throws CellFailure {
    cells.run(1, "import java.awt.*;");
    cells.run(1, "%who");
    assertThat(cells.run(1, "%time 1 + 1")).isEqualTo(2);
  }

  @Test
  void anErrorShowsTheReadersOwnLine() {
    assertThat(report("int fine = 1;\n\n%maven gson"))
        .containsExactly(
            "java.lang.IllegalArgumentException: %maven expects group:artifact:version but receives"
                + " gson, which is not a coordinate.",
            "  line 3 of this cell: %maven gson");
    assertThat(report("%mavn x:y:z"))
        .containsExactly(
            "java.lang.IllegalArgumentException: There is no magic %mavn, but there is %maven:"
                + " %lsmagic lists them all.",
            "  line 1 of this cell: %mavn x:y:z");
    assertThat(report("int y = 1;\n%%bash\nls"))
        .contains("  line 2 of this cell: %%bash")
        .first()
        .asString()
        .contains("begin a new cell");
  }

  @Test
  void anErrorBelowAMagicShowsItsPlace() {
    assertThat(report("%who\nint wrong = missing;"))
        .startsWith("line 2 of this cell:", "    int wrong = missing;", "                ^^^^^^^");
    assertThat(report("%who\nint none = 0;\nint wrong = 1 / none;"))
        .contains("  line 3 of this cell: int wrong = 1 / none;");
    assertThat(report("%time 1 / 0")).contains("  line 1 of this cell: %time 1 / 0");
    assertThat(report("%time missing + 1"))
        .startsWith("line 1 of this cell:", "    %time missing + 1", "          ^^^^^^^");
    assertThat(report("%%time\nint x = 1;\nx = missing;"))
        .startsWith("line 3 of this cell:", "    x = missing;");
  }

  @Test
  void timeSaysHowLongAndGivesTheValue() throws CellFailure {
    assertThat(cells.run(1, "%time 20 + 1")).isEqualTo(21);
    assertThat(printed()).containsPattern("CPU time: .* [nµm]?s\nWall time: \\d.* [nµm]?s");
    assertThat(cells.run(1, "%%time\nint timed = 4;\ntimed * 2")).isEqualTo(8);
    assertThat(cells.run(1, "%time int declared = 5;\ndeclared")).isEqualTo(5);
    assertThat(cells.run(1, "%time 3\n// done")).isEqualTo(3);
    assertThat(cells.run(1, "%who")).isNull();
  }

  @Test
  void timeWithinABlockSeesItsVariables() throws CellFailure {
    cells.run(1, "double sum = 0;\nfor (int i = 0; i < 2; i++)\n  %time sum += i // once\n");
    assertThat(cells.run(1, "sum")).isEqualTo(1.0);
    assertThat(printed().lines().filter(line -> line.startsWith("Wall time"))).hasSize(2);
    assertThat(report("for (int i = 0; i < 2; i++) {\n  %time missing(i);\n}"))
        .startsWith("line 2 of this cell:", "      %time missing(i);");
  }

  @Test
  void aPomThatIsNotThereOrEmptyIsNamed() {
    assertThat(report("%loadFromPOM none.xml").get(0)).contains("%loadFromPOM finds no file none");
    assertThat(report("%%loadFromPOM\n<nothing/>").get(0)).contains("finds none");
  }

  @Test
  void timeitRunsExpressionsAndStatements() throws CellFailure {
    assertThat(cells.run(1, "%timeit -n 10 -r 3 Math.sqrt(2)")).isNull();
    assertThat(printed())
        .containsPattern(" per loop \\(mean ± std. dev. of 3 runs, 10 loops each\\)");
    cells.run(1, "int count = 0;");
    cells.run(1, "%timeit -n10 -r2 count++;");
    assertThat(cells.run(1, "count")).isEqualTo(21);
    cells.run(1, "%%timeit -n 2 -r 1\nint k = 3; // three\nThread.sleep(k);");
    assertThat(report("%timeit missing")).startsWith("line 1 of this cell:", "    %timeit missing");
  }

  @Test
  void timesAreSaidInTheUnitThatFits() {
    assertThat(Stopwatch.text(3)).isEqualTo("3.00 ns");
    assertThat(Stopwatch.text(12_345)).isEqualTo("12.3 µs");
    assertThat(Stopwatch.text(123_456_789)).isEqualTo("123 ms");
    assertThat(Stopwatch.text(1.5e9)).isEqualTo("1.50 s");
    assertThat(Stopwatch.text(61e9)).isEqualTo("1 min 1 s");
  }

  @Test
  void aCommandPrintsAndSaysItsExitStatus() throws CellFailure {
    assertThat(cells.run(1, "!echo one; echo two")).isNull();
    assertThat(printed()).isEqualTo("one\ntwo\n");
    cells.run(1, "!exit 3");
    assertThat(complained.toString(StandardCharsets.UTF_8))
        .isEqualTo("!exit 3 ended with exit status 3.\n");
    assertThat(cells.run(1, "%sx printf 'a\\nb'")).isEqualTo(List.of("a", "b"));
  }

  @Test
  void bashRunsTheCellAndFailsWithIt() throws CellFailure {
    cells.run(1, "%%bash\nfor i in 1 2; do\n  echo \"n$i\"\ndone");
    assertThat(printed()).isEqualTo("n1\nn2\n");
    cells.run(1, "%%bash one two\necho $2");
    assertThat(printed()).endsWith("two\n");
    assertThat(report("%%bash\necho before\nexit 4"))
        .containsExactly(
            "java.lang.IllegalStateException: %%bash ended with exit status 4.",
            "  line 1 of this cell: %%bash");
    assertThat(report("%%script no-such-program\nx").get(0)).contains("cannot start no-such");
  }

  @Test
  void valuesOfCellsReachMagicsAndCommands() throws CellFailure {
    cells.run(1, "String greeting = \"two  words\"; int five = 5;");
    cells.run(1, "!echo \"${greeting}\" $five $HOME_OF_NONE.");
    assertThat(printed()).isEqualTo("two  words 5 .\n");
    cells.run(1, "%%bash\necho \"$greeting\"; for five in 6; do echo ${five}; done");
    assertThat(printed()).endsWith("two  words\n6\n");
    assertThat(report("%maven ${greeting.length()}").get(0)).contains("receives 10,");
    assertThat(report("%maven g:a:${undeclared}").get(0))
        .contains("%maven finds no value for ${undeclared}: cannot find symbol");
    assertThat(report("String nothing = null;\n%maven g:a:${nothing}").get(0))
        .contains("expects a value for ${nothing} but receives null");
  }

  @Test
  void aFileIsWrittenExtendedAndLoaded() throws Exception {
    Path file = folder.resolve("some file.jsh");
    cells.run(1, "%%writefile \"" + file + "\"\nint fromFile = 3;");
    cells.run(1, "%%writefile -a \"" + file + "\"\nint more = 4;");
    assertThat(Files.readString(file)).isEqualTo("int fromFile = 3;\nint more = 4;\n");
    assertThat(printed()).isEqualTo("Writing " + file + "\nAppending to " + file + "\n");
    cells.run(1, "%%writefile \"" + file + "\"\nint fromFile = 5;\nint more = 6;");
    assertThat(printed()).endsWith("Overwriting " + file + "\n");
    assertThat(cells.run(1, "%load \"" + file + "\"\nfromFile + more")).isEqualTo(11);
    Path notebook = folder.resolve("n.ipynb");
    Files.writeString(
        notebook,
        """
        {"cells": [{"cell_type": "markdown", "source": ["no"]},
          {"cell_type": "code", "source": ["int inNotebook =\\n", " 7;"]}]}""");
    assertThat(cells.run(1, "%load " + notebook + "\ninNotebook")).isEqualTo(7);
    assertThat(report("%load none.jsh").get(0)).contains("%load finds no file none.jsh");
    assertThat(report("%%writefile " + folder + "/no/x\ny").get(0)).contains("there is no folder");
  }

  @Test
  void jshellListsWhatTheCellsDeclared() throws CellFailure {
    cells.run(7, "int listed = 12;\nlong twice(int n) { return 2L * n; }\nrecord Listed(int a) {}");
    cells.run(1, "%jshell /vars listed");
    cells.run(1, "%jshell /methods twice");
    cells.run(1, "%jshell /types Listed");
    assertThat(printed()).isEqualTo("int listed = 12\nlong twice(int)\nrecord Listed\n");
    cells.run(1, "%jshell /imports");
    assertThat(printed()).contains("import java.util.*");
    cells.run(1, "%jshell /list");
    assertThat(printed()).contains("[7] int listed = 12;");
    assertThat(report("%jshell /nothing").get(0)).contains("one of /vars, /methods");
  }

  @Test
  void helpListsEachMagicWithALine() throws CellFailure {
    cells.run(1, "%lsmagic");
    for (Magic each : cells.magics().all()) {
      assertThat(printed()).contains(each.synopsis()).contains(each.does());
      assertThat(each.does()).as(each.written()).isNotBlank().hasSizeLessThan(100);
    }
    cells.run(1, "%time?");
    assertThat(printed()).contains("%timeit").contains("%%time\n  runs the cell once");
    assertThat(report("%help mavne").get(0)).contains("there is %maven");
  }

  @Test
  void aTextOfAnotherKindIsShown() throws CellFailure {
    SHOWN.clear();
    cells.run(1, "%%html\n<b>1</b>");
    cells.run(1, "%%markdown\n**2**");
    assertThat(SHOWN).containsExactly("text/html: <b>1</b>", "text/markdown: **2**");
  }

  @Test
  void aJarBringsItsRenderers() throws Exception {
    Path source = folder.resolve("Dot.java");
    Files.writeString(
        source,
        """
        package dots;
        import java.util.Map;
        public record Dot(int x) {
          public static class Shown implements org.lossbook.notebook.ValueRenderer<Dot> {
            public Class<Dot> type() { return Dot.class; }
            public Map<String, String> mimeBundle(Dot dot) {
              return Map.of("text/html", "<b>" + dot.x() + "</b>");
            }
          }
        }
        """);
    Path classes = folder.resolve("classes");
    String classpath = System.getProperty("java.class.path");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", "" + classes, "-cp", classpath, "" + source);
    assertThat(failed).isZero();
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(ValueRenderer.class.getName()), "dots.Dot$Shown\nno.Such\n");
    cells.run(1, "%classpath " + classes);
    Object dot = cells.run(1, "new dots.Dot(3)");
    assertThat(ValueRenderers.bundle(dot.getClass(), dot)).containsEntry("text/html", "<b>3</b>");
    assertThat(complained.toString(StandardCharsets.UTF_8))
        .startsWith("A renderer of " + classes + " cannot be used:");
  }

  @Test
  void optionsOfTheCompilerComeBeforeTheFirstDeclaration() throws Exception {
    assertThat(report("int declaredBefore = 1;\n%options -Xlint:all").get(0))
        .contains("%options expects to come before the first declaration")
        .contains("restart the kernel");
    assertThat(report("%options -Xmx2g").get(0))
        .contains("the JVM has -Xmx2g, which it takes when it starts: set LOSSBOOK_JVM_OPTS=");
    assertThat(report("%options -nothing").get(0))
        .contains("%options expects options of javac, which refuses: ");
    assertThat(report("%options --enable-preview").get(0))
        .contains("set LOSSBOOK_JVM_OPTS=--enable-preview");
    CellRunner before = runner;
    try (CellRunner fresh = Startup.run()) {
      runner = fresh;
      cells.run(1, "import java.time.*;\n%classpath " + folder);
      cells.run(1, "%options -parameters -Xlint:all");
      assertThat(runner).isNotSameAs(fresh);
      assertThat(cells.run(2, "Duration.ofSeconds(3).toMillis()")).isEqualTo(3000L);
      cells.run(2, "\nList raw = new ArrayList<Integer>();");
      assertThat(complained.toString(StandardCharsets.UTF_8))
          .startsWith("line 2 of this cell: ")
          .contains("raw type: ");
      cells.run(2, "%options -parameters -Xlint:all");
      cells.run(2, "%options");
      assertThat(printed()).contains("Compiler: -parameters -g -parameters -Xlint:all\nJVM: ");
      runner.close();
    } finally {
      runner = before;
    }
  }
}
