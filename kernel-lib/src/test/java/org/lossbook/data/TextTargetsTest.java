package org.lossbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.embedding;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.globalAveragePooling1d;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.table;
import static org.lossbook.Lossbook.textVectorization;
import static org.lossbook.Lossbook.vector;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.model.Model;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Texts that name the classes, and texts in the columns of a table. */
class TextTargetsTest {
  private static final List<String> TEXTS = new ArrayList<>();
  private static final List<String> OPINIONS = new ArrayList<>();

  static {
    String[] good = {"good", "great", "fine"};
    String[] bad = {"bad", "dull", "poor"};
    for (int i = 0; i < 30; i++) {
      boolean isGood = i % 2 == 0;
      TEXTS.add("film %d was %s".formatted(i, (isGood ? good : bad)[i % 3]));
      OPINIONS.add(isGood ? "yes" : "no");
    }
  }

  private static Model model() {
    var words = textVectorization().sequenceLength(4).adapt(TEXTS);
    return sequential(
            words,
            embedding(words.vocabulary().size(), 8),
            globalAveragePooling1d(),
            dense(2).softmax())
        .seed(1)
        .compile(adam().learningRate(0.05), sparseCategoricalCrossentropy(), accuracy());
  }

  @Test
  void textsAsTargetsAreLabelsInAlphabeticalOrder() {
    var data = dataset(matrix(row(1), row(2), row(3)), List.of("b", "a", "b"));
    assertThat(data.classNames()).containsExactly("a", "b");
    assertThat(data.y().toArray()).containsExactly(1, 0, 1);
    assertThat(data).hasToString("3 samples [1], 2 classes");
    assertThat(dataset(vector(1, 2), new String[] {"x", "y"}).hasLabels()).isTrue();
    assertThat(dataset(vector(1, 2), StringColumn.create("y", "x", "y")).hasLabels()).isTrue();
  }

  @Test
  void aModelIsFittedToTextsThatNameTheClassesAndKnowsThemAgain() {
    try (Model model = model()) {
      model.fit(TEXTS, OPINIONS, epochs(30).seed(1).quiet());
      assertThat(model.evaluate(TEXTS, OPINIONS).get("accuracy")).isEqualTo(1);
      // "yes" alone is still the second class.
      assertThat(model.evaluate(List.of(TEXTS.get(0)), List.of("yes")).get("accuracy"))
          .isEqualTo(1);
      assertThatThrownBy(() -> model.evaluate(List.of(TEXTS.get(0)), List.of("maybe")))
          .hasMessage(
              "evaluate expects in y the classes that the model was fitted to, no, yes, but y[0] is"
                  + " \"maybe\": leave it out, or fit the model to it too.");
    }
  }

  @Test
  void textsThatCannotBeTargetsAreRefusedWithTheFix() {
    double[][] x = matrix(row(1), row(2));
    assertThatThrownBy(() -> dataset(x, List.of("a", "a")))
        .hasMessage(
            "dataset expects the names of two classes or more in y but all are \"a\": there is"
                + " nothing to tell apart.");
    assertThatThrownBy(() -> dataset(x, new String[][] {{"a", "b"}, {"c", "d"}}))
        .hasMessageStartingWith(
            "dataset expects one class for each sample in y but receives rows of 2 texts:");
  }

  @Test
  void aColumnOfTextsGoesIntoAModelOfTexts() {
    Table rows =
        Table.create(StringColumn.create("text", TEXTS), StringColumn.create("opinion", OPINIONS));
    var data = table(rows).features("text").target("opinion").split(0.8, 42);
    assertThat(data.train().texts()).isPresent();
    try (Model model = model()) {
      model.fit(data.train(), epochs(30).validation(data.test()).seed(1).quiet());
      assertThat(model.evaluate(data.test()).get("accuracy")).isEqualTo(1);
      assertThat(model.predictValues(rows.first(2)).shape()).containsExactly(2, 2);
      assertThat(table(rows).features("text").target("opinion").head(2).toString())
          .contains("film 0 was good", "opinion");
    }
    // So few that they could be categories: named as texts.
    var few = table(rows.first(6)).features("text").texts("text").target("opinion");
    assertThat(few.x().texts()).startsWith("film 0 was good");
  }

  @Test
  void textsAndNumbersOfATableAreTwoInputs() {
    Table rows =
        Table.create(
            StringColumn.create("text", TEXTS),
            DoubleColumn.create("stars", new double[30]),
            StringColumn.create("opinion", OPINIONS));
    var data = table(rows).texts("text").target("opinion");
    assertThat(data.sampleShapes()).hasSize(2);
    assertThat(data.head(1).toString()).contains("film 0 was good", "stars");
    Table gaps =
        Table.create(
            StringColumn.create("text", "a", "", "c"), StringColumn.create("y", "p", "q", "p"));
    assertThatThrownBy(() -> table(gaps).texts("text").target("y").size())
        .hasMessageContaining(".missingTo(\"text\", \"\")");
    assertThat(table(gaps).texts("text").missingTo("text", "").target("y").x().texts())
        .containsExactly("a", "", "c");
    assertThatThrownBy(() -> table(rows).features("stars").texts("stars").target("opinion").size())
        .hasMessageStartingWith("table expects texts in stars but it holds DOUBLE:");
  }

  @Test
  void aModelOfNumbersSaysThatItReceivesTexts() {
    Table rows =
        Table.create(StringColumn.create("text", TEXTS), StringColumn.create("opinion", OPINIONS));
    try (Model model =
        sequential(input(1), flatten(), dense(2).softmax())
            .compile(adam(), sparseCategoricalCrossentropy())) {
      assertThatThrownBy(
              () -> model.fit(table(rows).features("text").target("opinion"), epochs(1).quiet()))
          .hasMessageStartingWith("fit expects numbers but receives texts: begin the model with");
    }
  }
}
