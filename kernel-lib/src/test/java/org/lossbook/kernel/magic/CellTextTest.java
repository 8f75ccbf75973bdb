package org.lossbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "int r = 17 % five;",
        "String s = \"50 %d\";",
        "System.out.printf(\"%s%n\", 1);",
        "// see %maven",
        "int r = a\n  % b;",
        "int r = a\n%b;",
        "int r = f(1)\n%b;",
        "int r = x[0]\n%b;",
        "int r = 7 // seven\n%b;",
        "int r = 0x7F_L\n%b;",
        "char r = 'x'\n%b;",
        "a\n % b",
        "int r = (\n%b);",
        "foo(1,\n%b);",
        "int r = switch (x) {\n  default -> 7;\n}\n%b;",
        "return switch (x) { default -> 7; }\n%b;",
        "String s = \"\"\"\n%s has loss\n%maven a:b:1\n!ls\n\"\"\";",
        "String s = \"\"\"\n\\\"\"\"\n%maven a:b:1\n\"\"\" + \"\\\"\\n%d\";",
        "String s = f(\"\"\"\n  = %s\n  \"\"\");",
        "/* one\n%maven a:b:1\n!ls\n*/",
        "/** one\n * %maven a:b:1\n */\nint x;",
        "char c = '\"';\nint r = a\n% b;",
        "char c = '\\'';\nint r = a\n% b;",
        "r %= 2;",
        "r\n%= 2;",
        "boolean b = !done;",
        "boolean[] all = {\n!a,\n!b\n};",
        "boolean[] all = new boolean[] {\n!a\n};",
        "@A({\n!x\n})\nint y;",
        "list.removeIf(x ->\n!x.isEmpty());",
        "boolean b = a &&\n!ls;",
        "boolean f() { return\n!ls; }",
        "if (x\n!= 3) { y(); }",
        "!(a && b)",
        "!list.isEmpty()",
        "!isDone()",
        "!true",
        "!!done()",
        "boolean done = f();\n!done",
        "boolean done = f();\n!done && other",
        "!known",
        "!known.field",
        "int x = y > 3 ?\n!z : 4;",
        "%",
        "% b",
        "!",
      })
  void plainJavaStaysAsItIs(String code) {
    assertThat(CellText.of(code, Set.of("known")::contains).magics()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%maven a:b:1",
        "\n\n  %maven a:b:1",
        "int x = 1;\n%maven a:b:1",
        "int x = 1; %maven a:b:1",
        "int x = 1; // one\n%maven a:b:1",
        "/* all */ %maven a:b:1",
        "void f() {\n}\n%maven a:b:1",
        "class A {}\r\n%maven a:b:1",
        "import java.awt.*;\n%maven a:b:1",
        "int[] x = {1};\n%maven a:b:1",
        "%maven c:d:2\n%maven a:b:1",
        "String s = \"\"\"\n%maven c:d:2\n\"\"\";\n%maven a:b:1",
        "char c = '%';\n%maven a:b:1",
        "int x = switch (y) { default -> 1; };\n%maven a:b:1",
        "Runnable r = () -> { };\n%maven a:b:1",
        "!ls\n%maven a:b:1",
      })
  void aMagicBeginsWhereAStatementCanBegin(String code) {
    List<CellText.Found> magics = CellText.of(code, name -> false).magics();
    CellText.Found last = magics.get(magics.size() - 1);
    assertThat(last.alone()).isTrue();
    assertThat(code.substring(last.lineAt(), last.lineTo())).isEqualTo(" a:b:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "List<String> jars = %jars *.jar",
        "jars =\n  %jars *.jar",
        "for (String v : all) {\n  %jars *.jar\n}",
        "for (String v : all)\n  %jars *.jar",
        "if (x) { y(); } else\n  %jars *.jar",
        "switch (x) {\n  case 1:\n    %jars *.jar\n}",
        "switch (x) {\n  case 1 ->\n    %jars *.jar\n}",
        "void f() {\n  %jars *.jar\n}",
        "run(() -> {\n  %jars *.jar\n});",
      })
  void aMagicWithinJavaIsPartOfIt(String code) {
    CellText.Found only = CellText.of(code, name -> false).magics().get(0);
    assertThat(only.alone()).isFalse();
    assertThat(code.substring(only.lineAt(), only.lineTo())).isEqualTo(" *.jar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!ls",
        "!ls -l *.csv",
        "! ls",
        "!./run.sh",
        "!git status",
        "int git = 1;\n!git status",
        "!python3 -c 'print(1)'",
        "!known status",
        "!ls && pwd",
        "!cat a.txt | wc -l",
        "for (;;) {\n  !ls\n}",
        "if (x) {\n  !known\n}",
      })
  void aCommandBeginsWhereNoNegationCan(String code) {
    assertThat(CellText.of(code, Set.of("known")::contains).magics())
        .singleElement()
        .returns(CellText.Kind.SHELL, CellText.Found::kind);
  }

  @Test
  void aCellMagicTakesAllBelowIt() {
    String code = "\n// build\n%%bash -x\nls %y\n%maven a:b:1";
    CellText text = CellText.of(code, name -> false);
    CellText.Found only = text.magics().get(0);
    assertThat(text.magics()).hasSize(1);
    assertThat(only.kind()).isEqualTo(CellText.Kind.CELL);
    assertThat(new JavaCode(text).line(only)).isEqualTo("-x");
    assertThat(code.substring(new JavaCode(text).bodyAt(only))).isEqualTo("ls %y\n%maven a:b:1");
  }

  @Test
  void aCellMagicBelowCodeIsOneTooLate() {
    assertThat(CellText.of("int x;\n%%bash\nls", name -> false).magics())
        .singleElement()
        .returns(CellText.Kind.CELL_TOO_LATE, CellText.Found::kind);
  }

  @Test
  void aQuestionMarkAsksForHelp() {
    assertThat(CellText.of("%maven?", name -> false).magics())
        .singleElement()
        .returns("help", CellText.Found::name);
  }

  @Test
  void aBackslashContinuesALine() {
    String code = "!ls \\\n  -l\nint x;";
    CellText text = CellText.of(code, name -> false);
    assertThat(new JavaCode(text).line(text.magics().get(0))).isEqualTo("ls    -l");
    assertThat(Magics.translate(code)).isEqualTo("lineMagic(\"system\", \"ls    -l\");\n\nint x;");
  }

  @Test
  void aMagicBecomesACallThatNamesNoOtherClassAndKeepsItsPlace() {
    assertThat(Magics.translate("int a = 1;\n%maven g:a:1 \"two words\"\nint b = 2;"))
        .isEqualTo("int a = 1;\nlineMagic(\"maven\", \"g:a:1 \\\"two words\\\"\");\nint b = 2;");
    assertThat(Magics.translate("List<String> jars = %jars lib/*.jar"))
        .isEqualTo("List<String> jars = lineMagic(\"jars\", \"lib/*.jar\");");
    assertThat(Magics.translate("%%loadFromPOM test\n<a b=\"c\">\\</a>"))
        .isEqualTo("cellMagic(\"loadFromPOM\", \"test\", \"<a b=\\\"c\\\">\\\\</a>\");\n");
  }

  @Test
  void aValueWithinJavaIsAnExpressionOfIt() {
    assertThat(Magics.translate("for (var v : all) {\n  %maven g:a:${v}\n}"))
        .isEqualTo("for (var v : all) {\n  lineMagic(\"maven\", \"g:a:\" + (v) + \"\");\n}");
    assertThat(Magics.translate("for (var v : all) {\n  !echo $v ${v}s $HOME\n}"))
        .isEqualTo(
            "for (var v : all) {\n"
                + "  lineMagic(\"system\", \"echo \" + (v) + \" \" + (v) + \"s $HOME\");\n}");
  }
}
