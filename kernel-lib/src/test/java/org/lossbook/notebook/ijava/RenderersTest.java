package org.lossbook.notebook.ijava;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.PieChartBuilder;
import org.knowm.xchart.QuickChart;
import org.knowm.xchart.XYChartBuilder;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.rendering.Sender;

class RenderersTest {
  private final Renderer renderer = new Renderer();
  private final List<DisplayData> shown = new ArrayList<>();
  private final List<DisplayData> updated = new ArrayList<>();
  private KernelScreen screen;

  @BeforeEach
  void attach() {
    screen = new KernelScreen(renderer, shown::add, updated::add);
  }

  @Test
  void aRowShowsItsNumbersWithSixDigits() {
    assertThat(plain(new double[] {-0.5, 0.1 + 0.2, 3, 1e-7, 1.0 / 3}))
        .isEqualTo("[-0.5, 0.3, 3, 1.0E-7, 0.333333]");
    assertThat(plain(new float[] {0.1f})).isEqualTo("[0.1]");
    assertThat(plain(new int[] {1, 2})).isEqualTo("[1, 2]");
    assertThat(plain(new double[] {Double.NaN, Double.NEGATIVE_INFINITY}))
        .isEqualTo("[NaN, -Infinity]");
    assertThat(plain(new double[0])).isEqualTo("[]");
  }

  @Test
  void aLongRowShowsItsEnds() {
    double[] row = IntStream.range(0, 100).asDoubleStream().toArray();
    assertThat(plain(row)).isEqualTo("[0, 1, 2, 3, 4, 5, 6, 7, …, 92, 93, 94, 95, 96, 97, 98, 99]");
    assertThat(plain(IntStream.range(0, 20).toArray())).doesNotContain("…");
  }

  @Test
  void aTableShowsAsOne() {
    DisplayData data = renderer.render(new double[][] {{1, 2.5}, {3, 4}});
    assertThat(data.getData(MIMEType.TEXT_PLAIN)).isEqualTo("[[1, 2.5],\n [3, 4]]");
    assertThat(data.getData(MIMEType.TEXT_HTML))
        .isEqualTo("<table><tr><td>1</td><td>2.5</td></tr><tr><td>3</td><td>4</td></tr></table>");
  }

  @Test
  void aLongAndWideTableShowsItsEnds() {
    String html = (String) renderer.render(new double[30][30]).getData(MIMEType.TEXT_HTML);
    assertThat(html.split("<tr>")).hasSize(1 + 17);
    assertThat(html.split("<td>0</td>", -1)).hasSize(1 + 16 * 16);
    assertThat(html).contains("<tr><td>…</td></tr>").doesNotContain("\0");
  }

  @Test
  void aRenderableShowsByItsBundle() {
    DisplayData data = renderer.render(picture("<b>x</b>"));
    assertThat(data.getData(MIMEType.TEXT_HTML)).isEqualTo("<b>x</b>");
    assertThat(data.getData(MIMEType.TEXT_PLAIN)).isEqualTo("a picture");
  }

  @Test
  void aChartOfXChartIsAnImageThatSaysItsTitlesAndSeries() {
    double[] x = {1, 2};
    var chart = QuickChart.getChart("\"Speed\"", "seconds", "metres", "hare", x, x);
    chart.addSeries("tortoise", x, x);
    DisplayData data = renderer.render(chart);
    String html = (String) data.getData(MIMEType.TEXT_HTML);
    assertThat(html)
        .startsWith(
            "<img alt=\"a chart: &quot;Speed&quot;, metres over seconds, of hare, tortoise\" width=\"600\" height=\"400\" src=\"data:image/png;base64,")
        .contains((String) data.getData(MIMEType.IMAGE_PNG));
    assertThat(plain(chart))
        .isEqualTo("a chart: \"Speed\", metres over seconds, of hare, tortoise, 600×400");

    var pie = new PieChartBuilder().build();
    assertThat(plain(pie)).isEqualTo("a chart, 800×600");
    pie.addSeries("slice", 1);
    assertThat(plain(pie)).isEqualTo("a chart: of slice, 800×600");
    var bare = new XYChartBuilder().yAxisTitle("metres").build();
    bare.addSeries("s", x);
    assertThat(plain(bare)).isEqualTo("a chart: metres, of s, 800×600");
  }

  @Test
  void anythingElseShowsAsText() {
    assertThat(plain(List.of(1, 2))).isEqualTo("[1, 2]");
    assertThat(
            plain(
                new Object() {
                  @Override
                  public String toString() {
                    return "of its own";
                  }
                }))
        .isEqualTo("of its own");
  }

  @Test
  void aLiveViewKeepsItsNameUntilItIsClosed() {
    var view = screen.show(picture("1"));
    view.update(picture("2"));
    view.close();
    view.update(picture("3"));
    assertThat(shown).hasSize(1);
    assertThat(updated).hasSize(1);
    assertThat(updated.get(0).getDisplayId()).isEqualTo(shown.get(0).getDisplayId()).isNotNull();
    assertThat(updated.get(0).getData(MIMEType.TEXT_HTML)).isEqualTo("2");
  }

  @Test
  void twoLiveViewsHaveTwoNames() {
    screen.show(picture("1"));
    screen.show(picture("2"));
    assertThat(shown).extracting(DisplayData::getDisplayId).doesNotHaveDuplicates();
  }

  @Test
  void anInterruptWhileAMessageIsSentIsKeptForTheSender() {
    Thread.currentThread().interrupt();
    var sent = new ArrayList<Boolean>();
    new Sender().send(() -> sent.add(Thread.currentThread().isInterrupted()));
    assertThat(sent).containsExactly(false);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void outsideOfIJavaThereIsNoScreenOfIts() {
    assertThat(new IJavaScreen().find()).isEmpty();
  }

  private String plain(Object value) {
    return (String) renderer.render(value).getData(MIMEType.TEXT_PLAIN);
  }

  private static Renderable picture(String html) {
    return new Renderable() {
      @Override
      public Map<String, String> mimeBundle() {
        return Map.of("text/html", html);
      }

      @Override
      public String toString() {
        return "a picture";
      }
    };
  }
}
