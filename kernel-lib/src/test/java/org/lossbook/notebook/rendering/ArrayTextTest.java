package org.lossbook.notebook.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.notebook.ValueRenderer;
import org.lossbook.notebook.ijava.KernelScreen;

class ArrayTextTest {
  private static final Renderer RENDERER = new Renderer();

  @BeforeAll
  static void register() {
    var screen = new KernelScreen(RENDERER, data -> {}, data -> {});
    assertThat(screen).isNotNull();
  }

  private static String plain(Object value) {
    return (String) RENDERER.render(value).getData(MIMEType.TEXT_PLAIN);
  }

  private static String html(Object value) {
    DisplayData data = RENDERER.render(value);
    return data.hasDataForType(MIMEType.TEXT_HTML) ? (String) data.getData(MIMEType.TEXT_HTML) : "";
  }

  static Stream<Arguments> rows() {
    var map = new LinkedHashMap<String, int[]>();
    map.put("a", new int[] {1, 2});
    map.put("b", new int[] {3});
    Object[] itself = new Object[2];
    itself[0] = 1;
    itself[1] = itself;
    return Stream.of(
        arguments(new String[] {"a", null, "c d"}, "[a, null, c d]"),
        arguments(new boolean[] {true, false}, "[true, false]"),
        arguments(new char[] {'x', 'y'}, "[x, y]"),
        arguments(new byte[] {1, -2}, "[1, -2]"),
        arguments(new short[] {3}, "[3]"),
        arguments(new double[] {0.1 + 0.2, 2, Double.NaN}, "[0.3, 2, NaN]"),
        arguments(new float[] {0.1f}, "[0.1]"),
        arguments(new long[0], "[]"),
        arguments(new String[0], "[]"),
        arguments(new Double[] {0.5, null}, "[0.5, null]"),
        arguments(new Object[] {1, "two", new int[] {3, 4}, List.of(5)}, "[1, two, [3, 4], [5]]"),
        arguments(new String[][] {{"a"}, {"b", "c"}}, "[[a],\n [b, c]]"),
        arguments(new boolean[][] {{true}}, "[[true]]"),
        arguments(new int[][] {{1, 2}, null}, "[[1, 2],\n null]"),
        arguments(new int[][][] {{{1}, {2}}, {{3}}}, "[[[1], [2]],\n [[3]]]"),
        arguments(new int[0][], "[]"),
        arguments(List.of(new int[] {1, 2}, new int[] {3}), "[[1, 2],\n [3]]"),
        arguments(new ArrayList<>(Arrays.asList(new int[] {1}, null)), "[[1], null]"),
        arguments(List.of("a", new String[] {"b"}), "[a, [b]]"),
        arguments(List.of(List.of(new int[] {1})), "[[[1]]]"),
        arguments(map, "{a=[1, 2],\n b=[3]}"),
        arguments(Map.entry("k", new int[] {7}), "k=[7]"),
        arguments(List.of(1, 2), "[1, 2]"),
        arguments(List.of(), "[]"),
        arguments(Map.of("a", 1), "{a=1}"),
        arguments(itself, "[1, [1, [1, [1, [1, [1, [1, [1, [1, …]]]]]]]]]"),
        arguments(
            IntStream.range(0, 100).mapToObj(String::valueOf).toArray(String[]::new),
            "[0, 1, 2, 3, 4, 5, 6, 7, …, 92, 93, 94, 95, 96, 97, 98, 99]"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anArrayShowsWhatItHolds(Object value, String text) {
    assertThat(plain(value)).isEqualTo(text);
  }

  @Test
  void rowsOfAnyKindAreATable() {
    assertThat(html(new String[][] {{"a<b"}, {"c", null}}))
        .isEqualTo("<table><tr><td>a&lt;b</td></tr><tr><td>c</td><td>null</td></tr></table>");
    assertThat(html(List.of(new double[] {0.5, 1}, new double[] {2})))
        .isEqualTo("<table><tr><td>0.5</td><td>1</td></tr><tr><td>2</td></tr></table>");
    assertThat(html(Map.of("k", new int[] {1, 2})))
        .isEqualTo("<table><tr><td>k</td><td>1</td><td>2</td></tr></table>");
    assertThat(html(new String[] {"a"})).isEmpty();
    assertThat(html(List.of(1, 2))).isEmpty();
  }

  private record Point(int x, int y) {}

  @Test
  void aReadersOwnRendererShowsItsTypeUntilAnotherDoes() {
    var point = new Point(1, 2);
    assertThat(html(point)).isEmpty();
    ValueRenderer.register(Point.class, p -> Map.of("text/html", "<b>" + p.x() + "</b>"));
    assertThat(html(point)).isEqualTo("<b>1</b>");
    assertThat(plain(point)).isEqualTo("Point[x=1, y=2]");
    ValueRenderer.register(
        Point.class, p -> Map.of("text/html", "<i>" + p.y() + "</i>", "text/plain", "it"));
    assertThat(html(point)).isEqualTo("<i>2</i>");
    assertThat(plain(point)).isEqualTo("it");
  }
}
