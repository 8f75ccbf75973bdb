package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.lossbook.base.Figures;

class EvaluationTest {
  private static Evaluation evaluation() {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("loss", 0.02974);
    figures.put("accuracy", 0.9912);
    return new Evaluation(figures, 10_000);
  }

  @Test
  void figuresAreGotByName() {
    assertThat(evaluation().loss()).isEqualTo(0.02974);
    assertThat(evaluation().get("accuracy")).isEqualTo(0.9912);
    assertThatThrownBy(() -> evaluation().get("acc"))
        .hasMessage("The evaluation has no acc: it has loss, accuracy.");
  }

  @Test
  void itShowsAsALineOrATable() {
    assertThat(evaluation()).hasToString("loss 0.0297, accuracy 0.9912 on 10,000 samples");
    assertThat(evaluation().mimeBundle().get("text/html"))
        .startsWith("<table>")
        .contains("accuracy", "0.9912");
  }

  @Test
  void numbersReadAlikeInEveryLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(evaluation()).hasToString("loss 0.0297, accuracy 0.9912 on 10,000 samples");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void smallAndLargeFiguresKeepTheirDigits() {
    assertThat(Figures.text(0.000_012_34)).isEqualTo("1.23e-05");
    assertThat(Figures.text(1_234_567)).isEqualTo("1.23e+06");
    assertThat(Figures.text(0)).isEqualTo("0.0000");
    assertThat(Figures.text(Double.NaN)).isEqualTo("NaN");
  }
}
