package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the variables of a notebook hold after a cell is edited and run again. */
class EditedCellTest {
  private CellRunner cells;
  private int count;

  @BeforeEach
  void start() {
    cells = Startup.run();
  }

  @AfterEach
  void stop() {
    cells.close();
  }

  @Test
  void aVariableKeepsItsValueWhenTheMethodBehindItIsEdited() {
    run("double scale(double v) { return v / 255; }");
    run("var pixel = scale(51);");
    run("double scale(double v) { return v / 256; }");
    assertThat(run("pixel")).isEqualTo(0.2);
    assertThat(run("scale(51)")).isEqualTo(51 / 256.0);
  }

  @Test
  void aLambdaCallsTheEditedMethod() {
    run("double h(double x) { return x + 1; }");
    run("DoubleUnaryOperator op = x -> h(x);");
    run("double h(double x) { return x + 2; }");
    assertThat(run("op.applyAsDouble(1)")).isEqualTo(3.0);
    run(
        "double h(double x) { DoubleUnaryOperator more = v -> v + 3; return more.applyAsDouble(x); }");
    assertThat(run("op.applyAsDouble(1)")).isEqualTo(4.0);
  }

  @Test
  void aLivingObjectDoesWhatItsEditedClassSays() {
    run("class Cat { int lives = 9; String says() { return \"miau\"; } }");
    run("var cat = new Cat(); cat.lives = 8;");
    run("class Cat { int lives = 9; String says() { return \"meow\"; } }");
    assertThat(run("cat.says() + cat.lives")).isEqualTo("meow8");
  }

  private Object run(String code) {
    try {
      return cells.run(++count, code);
    } catch (CellFailure e) {
      throw new AssertionError(String.join("\n", e.lines()), e);
    }
  }
}
