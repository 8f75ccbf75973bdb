package org.lossbook.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.chart;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.vector;

import java.util.List;
import org.junit.jupiter.api.Test;

class DarkPageTest {
  @Test
  void aTableBringsPaddingAndAlignmentInEachCell() {
    String html = mse().explain(3, 2.5).mimeBundle().get("text/html");
    assertThat(html).startsWith("<table>").doesNotContain("<style", "<td>", "<th>");
    assertThat(html).contains("text-align:right\">0.25</td>").contains("padding:3px 10px");
    assertThat(TextTable.html(List.of(List.of("1"))))
        .isEqualTo("<table><tr><td>1</td></tr></table>");
  }

  @Test
  void aFigureIsDarkWhereThePageIsAndScrollsOnAPhone() {
    String html = chart("").points("y", vector(1), vector(2)).mimeBundle().get("text/html");
    assertThat(html)
        .startsWith("<img alt=")
        .contains("class=\"lossbook-figure\" style=\"max-width:none\"/><style>")
        .contains("[data-jp-theme-light=\"false\"]", "[data-theme=\"dark\"]")
        .doesNotContain("prefers-color-scheme");
  }
}
