package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the variables of a notebook hold after a cell is edited and run again. */
class EditedCellTest {
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

  @Test
  void aVariableOutlivesTheClassThatItWasComputedWith() {
    run("record Pair(int a, int b) { int sum() { return a + b; } }");
    run("var sum = new Pair(1, 2).sum();");
    run("record Pair(String only) {}");
    assertThat(run("sum")).isEqualTo(3);
  }

  @Test
  void anObjectIsCarriedOverFieldByField() {
    run("class Dog { String name = \"Rex\"; int age = 3; }");
    run(
        "var dog = new Dog(); var dogs = new ArrayList<Dog>(List.of(dog)); Dog[] pack = {dog, null};");
    run("Map<Dog, Integer> weights = new HashMap<>(); weights.put(dog, 30);");
    run("Object any = List.of(dog);");
    run(
        "class Dog { String name = \"Rex\"; double age = 3; int legs; String says() { return name + age; } }");
    assertThat(run("dog.says() + dog.legs")).isEqualTo("Rex3.00");
    assertThat(run("dogs.get(0) == dog && pack[0] == dog")).isEqualTo(true);
    assertThat(run("weights.get(dog)")).isEqualTo(30);
    assertThat(run("((List<Dog>) any).get(0).says()")).isEqualTo("Rex3.0");
  }

  @Test
  void whatAnObjectDidNotHaveBeforeIsSaid() {
    run("record Point(int x, int y) {}");
    run("var p = new Point(1, 2);");
    assertThat(printed("record Point(int x, int y, int z) {}"))
        .isEqualTo("One Point made before this edit: z is 0.\n");
    assertThat(run("p.x() + p.y() + p.z()")).isEqualTo(3);
    assertThat(printed("record Point(int x, int y, int z) { int sum() { return x + y + z; } }"))
        .isEmpty();
    assertThat(run("p.sum()")).isEqualTo(3);
  }

  @Test
  void staticFieldsKeepWhatTheyHoldAndTakeTheValueThatIsEdited() {
    run(
        "class Counter { static int n = 0; static double rate = 0.1; static final List<String> LOG = new ArrayList<>(); static void up() { n++; } }");
    run("Counter.up(); Counter.LOG.add(\"one\");");
    run(
        "class Counter { static int n = 0; static double rate = 0.1; static final List<String> LOG = new ArrayList<>(); static void up() { n += 2; } }");
    assertThat(run("Counter.up(); Counter.n")).isEqualTo(3);
    run(
        "class Counter { static int n = 0; static double rate = 0.2; static final List<String> LOG = new ArrayList<>(); static void up() { n += 2; } }");
    assertThat(run("Counter.n + Counter.rate")).isEqualTo(3.2);
    assertThat(run("Counter.LOG")).isEqualTo(List.of("one"));
  }

  @Test
  void anEnumsConstantsAreTheNewOnes() {
    run("enum Colour { RED, GREEN }");
    run("var colour = Colour.GREEN; var colours = List.of(Colour.RED, Colour.GREEN);");
    run("enum Colour { BLUE, RED, GREEN; String low() { return name().toLowerCase(); } }");
    assertThat(run("colour.low() + colour.ordinal() + (colour == Colour.GREEN)"))
        .isEqualTo("green2true");
    assertThat(run("colours.get(0).low()")).isEqualTo("red");
  }

  @Test
  void aSnippetThatDoesNotCompileReplacesNothing() {
    run(
        "int kept = 5; double twice(double v) { return 2 * v; } class Kept { int n = 1; } var one = new Kept();");
    fails("int kept = fiv();");
    fails("double twice(double v) { return \"2\"; }");
    fails("class Kept { int n = \"one\"; }");
    assertThat(run("kept + twice(1) + one.n + new Kept().n")).isEqualTo(9.0);
  }

  @Test
  void aLambdaSharesItsVariableWithTheCells() {
    run("int start() { return 5; }");
    run("int ticks = start();");
    run("Supplier<Integer> tick = () -> ++ticks;");
    run("int start() { Supplier<Integer> six = () -> 6; return six.get(); }");
    assertThat(run("tick.get() + ticks")).isEqualTo(12);
    run("int ticks = start();");
    assertThat(run("tick.get() + ticks")).isEqualTo(14);
  }

  @Test
  void aVariableThatIsDeclaredAgainTakesItsNewValue() {
    run("int base() { return 1; }");
    run("var level = base(); List<Integer> levels = List.of(base());");
    run("int base() { return 2; }");
    run("var level = 7 + base(); List<Integer> levels = List.of(8);");
    assertThat(run("level + levels.get(0)")).isEqualTo(17);
    run("int base() { return 3; }");
    run("String level = \"high\";");
    assertThat(run("level")).isEqualTo("high");
  }

  @Test
  void functionsInVariablesAreMadeAnewForTheEditedClass() {
    run("class Leaf { int x = 1; int y = 2; }");
    run(
        "Comparator<Leaf> byX = (a, b) -> a.x - b.x; Supplier<Leaf> make = Leaf::new; Predicate<Leaf> isY = leaf -> leaf.y == 2;");
    run("var sorted = new TreeSet<Leaf>(byX); sorted.add(make.get());");
    assertThat(printed("class Leaf { int x = 1; String z = \"z\"; }"))
        .contains(
            "isY is still the function from before this edit, since its declaration in cell [")
        .contains("A collection keeps objects of the class before this edit");
    assertThat(run("byX.compare(make.get(), new Leaf()) + make.get().z")).isEqualTo("0z");
    assertThat(run("sorted.size()")).isEqualTo(1);
    assertThat(printed("class Leaf { int x = 1; String z = \"z\"; int last() { return x; } }"))
        .isEmpty();
  }

  @Test
  void collectionsThatCannotChangeAreCopied() {
    run("class Net { double w = 1; double f(double x) { return w * x; } }");
    run(
        "var net = new Net(); Map<String, Net> nets = Map.of(\"a\", net); Optional<Net> maybe = Optional.of(net); Net[][] grid = {{net}}; Set<Net> netSet = Set.of(net);");
    assertThat(
            printed(
                "class Net { double w = 1; double f(double x) { DoubleUnaryOperator g = v -> v * w; return g.applyAsDouble(x) + 1; } }"))
        .isEmpty();
    assertThat(run("net.f(2)")).isEqualTo(3.0);
    assertThat(
            run(
                "net == nets.get(\"a\") && net == maybe.get() && net == grid[0][0] && netSet.contains(net)"))
        .isEqualTo(true);
  }

  @Test
  void aLambdaIsOneOfItsEditedInterface() {
    run("interface Act { double at(double x); }");
    run(
        "Act relu = x -> Math.max(0, x); class Tanh implements Act { public double at(double x) { return Math.tanh(x); } } Act tanh = new Tanh(); List<Act> acts = List.of(relu, tanh);");
    run(
        "interface Act { double at(double x); default double twice(double x) { return 2 * at(x); } }");
    assertThat(run("relu.twice(3) + tanh.twice(0) + acts.get(0).twice(1) + acts.get(1).at(0)"))
        .isEqualTo(8.0);
  }

  @Test
  void aVariableWhoseTypeIsInferredFromAnotherFollowsItsClass() {
    run("class Outer { static class In { int k = 4; } In in = new In(); }");
    run("var outer = new Outer(); var inner = outer.in; Outer.In again = outer.in;");
    assertThat(printed("class Outer { static class In { int k = 4; int m; } In in = new In(); }"))
        .isEqualTo("One In made before this edit: m is 0.\n");
    assertThat(run("outer.in == inner && inner == again && inner.k == 4")).isEqualTo(true);
  }

  @Test
  void whatTheJdksClassesHoldIsCarriedOverToo() {
    run("class Failure extends RuntimeException { int code = 3; Failure(String m) { super(m); } }");
    run("var failure = new Failure(\"boom\");");
    run(
        "class Failure extends RuntimeException { int code = 3; int more; Failure(String m) { super(m); } }");
    assertThat(run("failure.getMessage() + failure.code")).isEqualTo("boom3");
  }

  @Test
  void setsAndMapsOfAnEnumHoldItsNewConstants() {
    run("enum Mode { A, B }");
    run(
        "var modes = new EnumMap<Mode, Integer>(Map.of(Mode.A, 1)); Set<Mode> modeSet = EnumSet.of(Mode.B); int pick(Mode m) { return switch (m) { case A -> 1; case B -> 2; }; }");
    assertThat(printed("enum Mode { A, B, C }"))
        .contains("pick in cell [")
        .contains("does not cover all possible input values");
    assertThat(run("modes.get(Mode.A) + \"\" + modeSet.contains(Mode.B)")).isEqualTo("1true");
    assertThat(fails("pick(Mode.A)"))
        .contains("This does not compile any more: the switch expression does not cover");
  }

  @Test
  void anAnonymousObjectThatCannotBeOneOfItsEditedClassIsNamed() {
    run("abstract class Quiz { abstract int q(); }");
    run("Quiz quiz = new Quiz() { int q() { return 7; } };");
    assertThat(printed("abstract class Quiz { abstract int q(); int r() { return q() + 1; } }"))
        .isEqualTo(
            "quiz is empty now, since its value does not fit what was edited: run its cell again.\n");
    assertThat(printed("String quiz = \"\";")).isEmpty();
  }

  @Test
  void aMethodThatNoLongerCompilesIsNamed() {
    run("record Wide(int w, int h) {}");
    run("int width(Wide wide) { return wide.w(); }");
    int cell = count;
    assertThat(printed("record Wide(int h) {}"))
        .isEqualTo(
            "width in cell [%d] no longer compiles after this edit: it uses method w().%n"
                .formatted(cell));
    assertThat(printed("record Wide(int w, int h) {}")).isEmpty();
    assertThat(run("width(new Wide(3, 4))")).isEqualTo(3);
  }

  @Test
  void aVariableThatHoldsNullIsNotSaidToHaveFailed() {
    run("String none = null;");
    assertThat(fails("none.length()")).doesNotContain("has no value yet");
  }

  @Test
  void importsMayChangeWithoutLosingAVariable() {
    run("List<Integer> imported = new ArrayList<>(List.of(1, 2)); var first = imported.get(0);");
    run("import java.awt.*;"); // which has a List, too
    assertThat(run("imported.size() + first")).isEqualTo(3);
    run("import java.util.List;");
  }

  @Test
  void anAnonymousObjectKeepsItsFields() {
    run("double step() { return 1; }");
    run("var counter = new Object() { double n = 0; double up() { n += step(); return n; } };");
    run("counter.up();");
    run("double step() { DoubleSupplier two = () -> 2; return two.getAsDouble(); }");
    assertThat(run("counter.up()")).isEqualTo(3.0);
  }

  @Test
  void anErrorInALambdaNamesItsLineAfterAnEdit() {
    run("double q(double x) { return x; }");
    int cell = count + 1;
    run(
        "\nDoubleUnaryOperator deep = x -> {\n  double y = q(x);\n  throw new IllegalStateException(\"deep\");\n};");
    run("double q(double x) { return x + 1; }");
    assertThat(fails("deep.applyAsDouble(1)"))
        .contains("  line 4 of cell [" + cell + "]: throw new IllegalStateException(\"deep\");")
        .contains("  line 1 of this cell: deep.applyAsDouble(1)");
  }

  @Test
  void genericAndNestedClassesAreCarriedOverToo() {
    run("class Box<T> { T content; Box(T content) { this.content = content; } }");
    run(
        "class Crate { Box<String> box = new Box<>(\"tea\"); class Label { String text = \"up\"; } Label label = new Label(); }");
    run("var crate = new Crate(); Box<Crate> all = new Box<>(crate);");
    run(
        "class Box<T> { T content; int weight; Box(T content) { this.content = content; } T open() { return content; } }");
    assertThat(run("crate.box.open() + crate.label.text + (all.open() == crate)"))
        .isEqualTo("teauptrue");
  }

  @Test
  void anOverloadJoinsAndAChangedTypeReplaces() {
    run("double area(double r) { return r * r; }");
    run("DoubleUnaryOperator areas = r -> area(r); var small = area(2);");
    run("double area(double a, double b) { return a * b; }");
    assertThat(run("areas.applyAsDouble(3) + area(2, 3) + small")).isEqualTo(19.0);
    run("double area(double r) { return 3 * r * r; }");
    assertThat(run("areas.applyAsDouble(1) + small")).isEqualTo(7.0);
    run("int small = 1;");
    assertThat(run("small")).isEqualTo(1);
    run("String small = \"s\";");
    assertThat(run("small + areas.applyAsDouble(1)")).isEqualTo("s3.0");
  }

  private static Object run(String code) {
    try {
      return cells.run(++count, code);
    } catch (CellFailure e) {
      throw new AssertionError(code + "\n" + String.join("\n", e.lines()), e);
    }
  }

  private static String printed(String code) {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true));
    try {
      run(code);
    } finally {
      System.setOut(before);
    }
    return bytes.toString();
  }

  private static String fails(String code) {
    var failure = catchThrowableOfType(CellFailure.class, () -> cells.run(++count, code));
    return String.join("\n", failure.lines()).replaceAll("\u001B\\[[0-9;]*m", "");
  }
}
