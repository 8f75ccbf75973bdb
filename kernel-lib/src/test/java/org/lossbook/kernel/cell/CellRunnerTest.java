package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CellRunnerTest {
  private static CellRunner cells;

  @BeforeAll
  static void start() {
    cells = Startup.run();
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  @Test
  void theValueIsTheLastExpressionsVeryObject() throws CellFailure {
    assertThat(cells.run(1, "var list = new ArrayList<Integer>(); list.add(1); list"))
        .isEqualTo(List.of(1));
    assertThat(cells.run(1, "list")).isSameAs(cells.run(1, "list"));
  }

  @Test
  void aDeclarationAnAssignmentAndACallOfNothingHaveNoValue() throws CellFailure {
    assertThat(cells.run(2, "int n = 3;")).isNull();
    assertThat(cells.run(2, "n = 4")).isNull();
    assertThat(cells.run(2, "Thread.yield()")).isNull();
    assertThat(cells.run(2, "  // nothing at all\n")).isNull();
    assertThat(cells.run(2, "n")).isEqualTo(4);
  }

  @Test
  void aReturnedValueIsTheCellsAndEndsIt() throws CellFailure {
    assertThat(cells.run(2, "return 5 + 3;")).isEqualTo(8);
    assertThat(cells.run(2, "int r = 1;\nif (r > 0) { return \"left\"; }\nr = 2;"))
        .isEqualTo("left");
    assertThat(cells.run(2, "r")).isEqualTo(1);
    assertThat(cells.run(2, "for (int i = 0; i < 3; i++) { r++; }")).isNull();
  }

  @Test
  void anAssertIsChecked() {
    assertThatThrownBy(() -> cells.run(2, "assert 1 > 2 : \"not so\";"))
        .isInstanceOf(CellFailure.class)
        .hasMessage("not so");
  }

  @Test
  void theLibraryIsThereFromTheStart() throws CellFailure {
    assertThat(cells.run(3, "mse().of(3, 2.5)")).isEqualTo(0.25);
  }

  @Test
  void anErrorNamesTheLineOfEachCellOnItsWay() throws CellFailure {
    cells.run(4, "\n\nint half(int x) {\n\n  return x / 0;\n}");
    var failure =
        catchThrowableOfType(CellFailure.class, () -> cells.run(5, "int a = 1;\n\n\nhalf(a)"));
    assertThat(failure.name()).isEqualTo("ArithmeticException");
    assertThat(failure.text()).isEqualTo("/ by zero");
    assertThat(plain(failure))
        .startsWith(
            "java.lang.ArithmeticException: / by zero",
            "  line 5 of cell [4]: return x / 0;",
            "  line 4 of this cell: half(a)");
  }

  @Test
  void anErrorNamesItsCauses() {
    var failure =
        catchThrowableOfType(
            CellFailure.class,
            () ->
                cells.run(
                    6,
                    "throw new IllegalStateException(\"outer\",\n"
                        + "  new RuntimeException(\"middle\", new Error(\"inner\")));"));
    assertThat(plain(failure))
        .contains(
            "Caused by java.lang.RuntimeException: middle", "Caused by java.lang.Error: inner");
  }

  @Test
  void anErrorThatCausesItselfIsNamedOnce() {
    var failure =
        catchThrowableOfType(
            CellFailure.class,
            () ->
                cells.run(
                    7,
                    "var one = new Exception(\"one\"); var two = new Exception(\"two\", one);"
                        + " one.initCause(two); throw one;"));
    assertThat(plain(failure)).filteredOn(line -> line.contains(": one")).hasSize(1);
  }

  @Test
  void codeThatDoesNotCompileIsShownWithItsFault() {
    var failure =
        catchThrowableOfType(
            CellFailure.class, () -> cells.run(8, "int fine = 1;\nint wrong = fine + missing;"));
    assertThat(failure.name()).isEqualTo("CompilationError");
    assertThat(plain(failure))
        .startsWith(
            "line 2 of this cell:",
            "    int wrong = fine + missing;",
            "                       ^^^^^^^",
            "cannot find symbol");
    assertThat(plain(failure)).noneMatch(line -> line.contains("location:"));
  }

  @Test
  void aMethodThatIsNotThereIsShownWithTheKindThatHasNone() throws CellFailure {
    assertThat(cells.run(8, "var word = \"abc\";")).isNull();
    var failure = catchThrowableOfType(CellFailure.class, () -> cells.run(9, "word.train();"));
    assertThat(plain(failure))
        .contains(
            "  symbol:   method train()", "  location: variable word of type java.lang.String");
  }

  @Test
  void aMistakeGetsAnAnswerAndNotAStackTrace() {
    String code = "int before = 1;\norg.lossbook.Lossbook.huber(-1);";
    var failure = catchThrowableOfType(CellFailure.class, () -> cells.run(12, code));
    assertThat(plain(failure))
        .hasSize(2)
        .satisfies(
            lines -> assertThat(lines.get(0)).contains("huber expects delta above 0"),
            lines -> assertThat(lines.get(1)).startsWith("  line 2 of this cell: "));
  }

  @Test
  void theSnippetsBeforeAFaultHaveRun() {
    assertThatThrownBy(() -> cells.run(9, "int ran = 1;\nint stopped = \"no\";"))
        .isInstanceOf(CellFailure.class);
    assertThat(runs("ran")).isEqualTo(1);
  }

  @Test
  void anInterruptEndsALoopThatNeverPolls() throws InterruptedException {
    assertThat(interrupted("long spins = 0;\nwhile (true) { spins++; }"))
        .isInstanceOfSatisfying(
            CellFailure.class, e -> assertThat(e.name()).isEqualTo("CellInterrupted"));
    assertThat((Long) runs("spins")).isPositive();
    assertThat(runs("int i = 0; while (i < 1_000) { i++; } i")).isEqualTo(1_000);
  }

  @Test
  void anInterruptWhileASnippetIsCompiledEndsItsCell() throws CellFailure {
    cells.begin();
    cells.interrupt();
    assertThatThrownBy(() -> cells.control().call(() -> 1)).isInstanceOf(CellInterrupted.class);
    cells.interrupt();
    assertThat(cells.run(10, "3")).as("a cell that begins later").isEqualTo(3);
  }

  private static Throwable interrupted(String code) throws InterruptedException {
    var thrown = new AtomicReference<Throwable>();
    var runner =
        new Thread(
            () -> {
              try {
                cells.run(10, code);
              } catch (CellFailure e) {
                thrown.set(e);
              }
            });
    runner.start();
    while (runner.isAlive()) {
      Thread.sleep(50);
      cells.control().interrupt();
    }
    return thrown.get();
  }

  private static Object runs(String code) {
    try {
      return cells.run(11, code);
    } catch (CellFailure e) {
      throw new AssertionError(String.join("\n", plain(e)), e);
    }
  }

  private static List<String> plain(CellFailure failure) {
    return failure.lines().stream().map(line -> line.replaceAll("\u001B\\[[0-9;]*m", "")).toList();
  }
}
