package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintTest {
  private static CellRunner cells;

  @BeforeAll
  static void start() throws CellFailure {
    cells = Startup.run();
    cells.run(1, "var y = vector(3, 5); var layers = sequential(input(2), dense(1));");
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mse.of(y, y) | It is a call: mse()",
        "dense(64).relu | It is a call: .relu()",
        "MSE().of(3, 2.5) | It is written mse.",
        "history.plot() | No cell that has run declares history: run the one that does, or check the spelling.",
        "layers.fit(3) | These are layers without a loss: .compile(adam(), mse()) makes a model, which can fit.",
        "layers.predict(3) | These are layers without a loss: .compile(adam(), mse()) makes a model, which can predict."
      })
  void aBeginnersMistakeIsAnsweredWithWhatWasMeant(String code, String hint) {
    assertThat(report(code)).endsWith("\n" + hint);
  }

  @Test
  void aLineWithoutItsSemicolonIsToldWhereOneIsNeeded() {
    assertThat(report("1 + 1\n2 + 2"))
        .contains("';' expected")
        .endsWith("Each statement in a cell ends with a semicolon; only the last may omit it.");
  }

  @Test
  void whatNeedsNoPlaceInACellIsToldSo() {
    assertThat(report("package mine;\nclass A { }")).contains("A cell has no package: leave this");
    assertThat(report("exit"))
        .endsWith("System.exit(0) ends the kernel; an interrupt ends a cell.");
    assertThat(report("quit()")).contains("System.exit(0) ends the kernel");
    assertThat(report("return;")).contains("In a cell, return needs a value");
    assertThat(report("println(5)")).endsWith("It is written System.out.println(…).");
  }

  @Test
  void operatorsOnFormulasAreAnsweredWithCalls() {
    assertThat(report("loss(\"mine\", (t, q) -> (t - q) * 2)"))
        .endsWith("Formulas are written as calls: y.minus(yHat).square(), not (y - yHat) * …");
  }

  @Test
  void aVariableWhoseCellHasFailedSendsBackToIt() {
    report("var network = sequential(dense(1));");
    assertThat(report("network.summary()"))
        .contains(
            "\nnetwork has no value yet: the cell that declares it failed, so fix and run that one first.\n  line 1 of this cell");
  }

  @Test
  void whatOnlyItsReaderCanKnowGetsNone() {
    assertThat(report("mse().off(3, 2.5)"))
        .endsWith("location: class org.lossbook.loss.MeanSquaredError");
    assertThat(report("\"text\".fit(3)")).endsWith("location: class java.lang.String");
    assertThat(report("surpise(0.5)")).endsWith("symbol:   method surpise(double)");
    assertThat(report("int n = \"three\";"))
        .endsWith("incompatible types: java.lang.String cannot be converted to int");
  }

  private static String report(String code) {
    var failure = catchThrowableOfType(CellFailure.class, () -> cells.run(2, code));
    return String.join("\n", failure.lines()).replaceAll("\u001B\\[[0-9;]*m", "").strip();
  }
}
