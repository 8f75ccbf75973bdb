package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "import java.util.List; | [List]",
        "import static java.lang.Math.*; | [*]",
        "import java.util.* | [*]",
        "class A extends B {} | [A]",
        "/* a */ @Deprecated public final record R<T>(int a, T b) {} | [R]",
        "@interface Note { String value(); } | [Note]",
        "@Tag(\"a(b)\") enum E { X } | [E]",
        "sealed interface S permits A, B {} | [S]",
        "double scale(double v) { return v / 2; } | [scale]",
        "<T extends Comparable<T>> List<? super T> sorted(List<T> all) { return all; } | [sorted]",
        "Map.Entry<String, int[]>[] pairs() { return null; } | [pairs]",
        "var x = f(1, 2); | [x]",
        "final var größe = 3 | [größe]",
        "int a = 1, b = f(2, 3), c[] = {1}; | [a, b, c]",
        "Map<String, List<int[]>> map = new HashMap<>(); | [map]",
        "double[] row = {1, 2}; | [row]",
        "int[]grid[] = null; | [grid]",
        "String s | [s]",
        "record.run(); | []",
        "x = 3; | []",
        "f(a, b) | []",
        "a == b | []",
        "a < b | []",
        "x instanceof String | []",
        "return x; | []",
        "throw e; | []",
        "new Thread() { int n = 3; } | []",
        "for (int i = 0; i < 3; i++) { int n = i; } | []",
        "if (a) { b(); } else { c(); } | []",
        "list.add(x) | []",
        "pixel | []"
      })
  void theNamesThatASnippetDeclaresAreReadFromItsSyntax(String source, String names) {
    assertThat(Declared.names(source)).hasToString(names);
  }
}
