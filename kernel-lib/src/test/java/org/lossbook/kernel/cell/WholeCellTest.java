package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells whose declarations need each other, in any order. */
class WholeCellTest {
  private static CellRunner cells;
  private static int count;

  @BeforeAll
  static void start() {
    cells = Startup.run();
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        sealed interface Shape permits Circle, Square { double area(); }
        record Circle(double r) implements Shape { @Override public double area() { return 3 * r * r; } }
        record Square(double s) implements Shape { @Override public double area() { return s * s; } }
        new Circle(2).area() == 12 && new Square(2).area() == 4
        """,
        """
        final class Dog implements Animal {}
        sealed interface Animal {}
        record Cat(int lives) implements Animal {}
        Animal pet = new Cat(9);
        pet instanceof Cat cat && cat.lives() == 9
        """,
        """
        sealed abstract class Term<T> { record Zero() {} static final class None extends Term<Integer> {} }
        final class Num extends Term<Integer> {}
        Term.class.getPermittedSubclasses().length == 2
        """,
        """
        class Duck implements Swims { @Override public String swim() { return "paddles"; } }
        interface Swims { String swim(); }
        new Duck().swim().equals("paddles")
        """,
        """
        abstract class Base { abstract int f(); int g() { return new Derived().f(); } }
        class Derived extends Base { @Override int f() { return 4; } }
        new Derived().g() == 4
        """,
        """
        record Node(int n, Edge edge) { Node next() { return edge == null ? null : edge.to(); } }
        record Edge(Node to) {}
        new Node(1, new Edge(new Node(2, null))).next().n() == 2
        """,
        """
        @Note("x") class Noted {}
        @interface Note { String value(); }
        Note.class.isAnnotation()
        """,
        """
        var early = doubled(2);
        int doubled(int n) { return more(n) + n; }
        int more(int n) { return n; }
        early == 4
        """,
        """
        class Uses { int v() { return helper(2); } }
        boolean first = new Uses().v() == 3;
        int helper(int n) { return n + 1; }
        first
        """,
        """
        boolean even(int n) { return n == 0 || odd(n - 1); }
        boolean isEven = even(10);
        boolean odd(int n) { return n != 0 && even(n - 1); }
        isEven
        """,
        """
        class Tree<T extends Comparable<T>> { Leaf<T> leaf = new Leaf<>(); }
        class Leaf<T extends Comparable<T>> { Tree<T> up; Kind kind = Kind.SMALL; }
        enum Kind { SMALL { @Override String word() { return "s"; } }; abstract String word(); }
        new Tree<String>().leaf.kind.word().equals("s")
        """
      })
  void declarationsOfACellMayNeedWhatStandsBelow(String cell) {
    assertThat(run(cell)).isEqualTo(true);
  }

  @Test
  void aHierarchyGrowsWhileItsObjectsLive() {
    run(
        "sealed interface Pet { String says(); }\nrecord Cow(int age) implements Pet { public String says() { return \"moo\"; } }");
    run(
        "List<Pet> pets = new ArrayList<>(); pets.add(new Cow(2)); Pet mine = pets.get(0); var cow = new Cow(3);");
    run(
        """
        sealed interface Pet { String says(); default int legs() { return 4; } }
        record Cow(int age) implements Pet { @Override public String says() { return "muh"; } }
        record Hen(int age) implements Pet { public String says() { return "cluck"; } }
        """);
    assertThat(
            run(
                "pets.add(new Hen(1)); pets.get(0).says() + mine.legs() + pets.get(1).says() + cow.age() + (mine == pets.get(0))"))
        .isEqualTo("muh4cluck3true");
  }

  @Test
  void whatIsMissingIsPointedAt() {
    assertThat(fails("int fine = 1;\nclass Bad extends Nowhere {}"))
        .isEqualTo(
            """
            line 2 of this cell:
                class Bad extends Nowhere {}
                                  ^^^^^^^
            not defined: class Nowhere""");
    assertThat(run("fine")).isEqualTo(1);
    var failure =
        catchThrowableOfType(
            CellFailure.class, () -> cells.run(++count, "class Bad extends Nowhere {}"));
    assertThat(failure.text()).isEqualTo("not defined: class Nowhere");
  }

  @Test
  void aWrongOverrideIsStillAnError() {
    assertThat(
            fails(
                "class Fish implements Swam { @Override public String swum() { return \"\"; } }\ninterface Swam {}"))
        .contains(
            "method does not override or implement a method from a supertype",
            "line 1 of this cell");
  }

  @Test
  void anErrorNamesTheLineOfADeclarationThatCameLater() {
    int cell = count + 1;
    run("int one() { return other(0); }\n\nint other(int n) {\n  return 1 / n;\n}");
    assertThat(fails("one()"))
        .contains(
            "  line 4 of cell [" + cell + "]: return 1 / n;",
            "  line 1 of cell [" + cell + "]: int one()");
  }

  private static Object run(String code) {
    try {
      return cells.run(++count, code);
    } catch (CellFailure e) {
      throw new AssertionError(code + "\n" + String.join("\n", e.lines()), e);
    }
  }

  private static String fails(String code) {
    var failure = catchThrowableOfType(CellFailure.class, () -> cells.run(++count, code));
    return String.join("\n", failure.lines()).replaceAll("\u001B\\[[0-9;]*m", "").strip();
  }
}
