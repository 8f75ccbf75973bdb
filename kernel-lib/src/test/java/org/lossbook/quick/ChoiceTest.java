package org.lossbook.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.quick.Choice.Nearness;

/** A change leads to the tests that concern it. */
class ChoiceTest {
  private static final List<String> LOSSES =
      List.of("Huber", "Hinge", "Poisson", "LogCosh", "Dice", "HuberTwice");

  @TempDir Path folder;
  private Units main;
  private Units test;

  @BeforeEach
  void aSmallLibrary() throws IOException {
    StringBuilder contents =
        new StringBuilder("import org.lossbook.loss.*; public class Lossbook {");
    for (String loss : LOSSES) {
      main("loss/" + loss, "public class " + loss + " {}");
      String factory = Character.toLowerCase(loss.charAt(0)) + loss.substring(1);
      contents.append("public static %s %s() { return null; }".formatted(loss, factory));
    }
    main("loss/HuberTwice", "public class HuberTwice { Huber twice; }");
    main("formula/Rows", "public class Rows {}");
    main("formula/Softmax", "class Softmax { Rows rows; }");
    main("Lossbook", contents.append('}').toString());
    test("FloorsTest", "class FloorsTest {}");
    test("loss/HuberTest", "class HuberTest { Huber huber; }");
    test(
        "loss/GoldenTest",
        "class GoldenTest { Object o = org.lossbook.testing.Files.all(\"losses/\"); }");
    test("loss/HingeTest", "class HingeTest { Hinge hinge; }");
    test("model/FitTest", "class FitTest { Object o = org.lossbook.testing.Some.LOSS; }");
    test("formula/SoftmaxTest", "class SoftmaxTest {}");
    test("model/OtherTest", "class OtherTest { String text = \"page.js\"; }");
    test(
        "testing/Some",
        "public class Some { public static final org.lossbook.loss.Huber LOSS = null; }");
    test(
        "testing/Files", "public class Files { public static Object all(String s) { return s; } }");
    main = new Units(folder.resolve("main"), folder.resolve("classes"), "");
    test = new Units(folder.resolve("test"), folder.resolve("test-classes"), "");
    new Build(main, List.of(test), "", "17").run(main.hashes());
    new Build(test, List.of(), main.classes + File.pathSeparator, "17").run(test.hashes());
  }

  @Test
  void aLossLeadsToItsOwnTestThenToThoseThatUseItThenToItsPackage() throws IOException {
    var tests = choice("kernel-lib/src/main/java/org/lossbook/loss/Huber.java").tests();
    assertThat(tests.keySet())
        .containsExactly(
            "org.lossbook.loss.HuberTest",
            "org.lossbook.loss.GoldenTest",
            "org.lossbook.loss.HingeTest",
            "org.lossbook.model.FitTest",
            "org.lossbook.FloorsTest");
    assertThat(tests.values())
        .containsExactly(
            Nearness.NAMED, Nearness.GOLDEN, Nearness.NEARBY, Nearness.USER, Nearness.FLOORS);
  }

  @Test
  void aClassWithoutATestLeadsToTheTestsOfThoseThatUseIt() throws IOException {
    test("metric/SoftmaxTest", "class SoftmaxTest {}");
    new Build(test, List.of(), main.classes + File.pathSeparator, "17").run(test.hashes());
    assertThat(choice("kernel-lib/src/main/java/org/lossbook/formula/Rows.java").tests())
        .containsEntry("org.lossbook.metric.SoftmaxTest", Nearness.THROUGH);
  }

  @Test
  void aTestLeadsToItselfAndAHelperToTheTestsThatUseIt() throws IOException {
    assertThat(choice("kernel-lib/src/test/java/org/lossbook/loss/HingeTest.java").tests())
        .containsOnlyKeys("org.lossbook.loss.HingeTest");
    assertThat(choice("kernel-lib/src/test/java/org/lossbook/testing/Some.java").tests())
        .containsOnlyKeys("org.lossbook.model.FitTest");
  }

  @Test
  void aGoldenFileOrAResourceLeadsToTheTestsThatReadIt() throws IOException {
    assertThat(choice("kernel-lib/src/test/resources/golden/losses/huber.json").tests())
        .containsOnlyKeys("org.lossbook.loss.GoldenTest");
    assertThat(choice("kernel-lib/src/main/resources/org/lossbook/plot/page.js").tests())
        .containsOnlyKeys("org.lossbook.model.OtherTest");
  }

  @Test
  void aDeletedClassLeadsToTheTestsOfItsPackage() throws IOException {
    Files.delete(folder.resolve("main/org/lossbook/formula/Softmax.java"));
    new Build(main, List.of(test), "", "17").run(main.hashes());
    assertThat(choice("kernel-lib/src/main/java/org/lossbook/formula/Softmax.java").tests())
        .containsKeys("org.lossbook.formula.SoftmaxTest");
  }

  @Test
  void theCasesOfOthersAreThoseThatNameNoChangedLossAndNoneMadeOfIt() throws IOException {
    Things things = Things.of(main, source("loss/Huber"));
    assertThat(things.changed()).containsExactly("huber", "hubertwice");
    assertThat(things.concernsOthers("[log_cosh 3x1, 2]")).isTrue();
    assertThat(things.concernsOthers("[huber 3x1]")).isFalse();
    assertThat(things.concernsOthers("[huberTwice]")).isFalse();
    assertThat(things.concernsOthers("[hinge and huber]")).isFalse();
    assertThat(things.concernsOthers("[3 rows]")).isFalse();
  }

  @Test
  void whatHasNoFactoryConcernsEveryCase() throws IOException {
    TreeSet<String> both = new TreeSet<>(source("formula/Rows"));
    both.addAll(source("loss/Huber"));
    assertThat(Things.of(main, both)).isEqualTo(Things.ALL);
  }

  private Choice choice(String... paths) throws IOException {
    return new Choice(main, test, List.of(paths));
  }

  private static Set<String> source(String name) {
    return Set.of("org/lossbook/" + name + ".java");
  }

  private void main(String name, String text) throws IOException {
    write("main", name, text);
  }

  private void test(String name, String text) throws IOException {
    String imports = name.startsWith("loss/") ? "" : "import org.lossbook.loss.*;";
    write("test", name, imports + text);
  }

  private void write(String part, String name, String text) throws IOException {
    Path file = folder.resolve(part + "/org/lossbook/" + name + ".java");
    Files.createDirectories(file.getParent());
    int slash = name.lastIndexOf('/');
    String room = slash < 0 ? "" : "." + name.substring(0, slash);
    Files.writeString(file, "package org.lossbook" + room + ";\n" + text);
  }
}
