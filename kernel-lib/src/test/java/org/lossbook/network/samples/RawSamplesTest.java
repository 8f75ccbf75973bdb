package org.lossbook.network.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.model.Model;
import org.lossbook.model.Sequential;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Rows of a table and pictures, handed to a model as they are. */
class RawSamplesTest {
  @TempDir Path folder;

  /** y is 3 times x for red ones and 1 more for blue ones. */
  private static Table rows(double... x) {
    String[] colours = new String[x.length];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      colours[i] = i % 2 == 0 ? "red" : "blue";
      y[i] = 3 * x[i] / 1000 + i % 2;
    }
    return Table.create(
        "rows",
        DoubleColumn.create("x", x),
        StringColumn.create("colour", colours),
        DoubleColumn.create("y", y));
  }

  /** The cells of the page on tables, as they stand there. */
  @Test
  void aTableIsReadSplitFittedAndPredicted() throws IOException {
    var csv = new StringBuilder("weight,power,mpg\n");
    for (int i = 0; i < 200; i++) {
      int weight = 900 + i * 7919 % 1000;
      int power = 40 + i * 104_729 % 100;
      csv.append("%d,%d,%s%n".formatted(weight, power, 50 - weight / 100.0 - power / 10.0));
    }
    String path = Files.writeString(folder.resolve("cars.csv"), csv).toString();

    var cars = csv(path);
    var data = table(cars).features("weight", "power").target("mpg").standardized().split(0.8, 42);
    var model = sequential(input(2), dense(1)).compile(adam().learningRate(0.5), mse());
    model.fit(data.train(), epochs(100).seed(1).quiet());

    assertThat(model.evaluate(data.test()).get("loss")).isLessThan(0.01);
    var mine =
        Table.create(
            DoubleColumn.create("power", new double[] {60}),
            DoubleColumn.create("weight", new double[] {1200}));
    assertThat(model.predictValues(mine).get(0)).isCloseTo(32, within(0.2));
    assertThat(model.predictValues(data.prepare(mine))).isEqualTo(model.predictValues(mine));
  }

  @Test
  void aModelPreparesRowsAsItsLastDataWerePrepared() {
    var model = sequential(input(3), dense(1)).compile(sgd(), mse());
    var data = table(rows(1000, 2000, 3000, 4000)).target("y").standardized();
    model.fit(data, epochs(1).seed(1).quiet());

    var asked = rows(1500, 2500);
    assertThat(model.predictValues(asked))
        .isEqualTo(model.predictValues(data.preparation().orElseThrow().prepare(asked)));
    assertThatThrownBy(() -> model.predict(asked.rejectColumns("colour")))
        .hasMessageStartingWith("prepare expects a column colour but the table has");

    assertThat(model.evaluate(asked).loss())
        .isEqualTo(model.evaluate(data.preparation().orElseThrow().prepare(asked)).loss());
    assertThatThrownBy(() -> model.evaluate(asked.rejectColumns("y")))
        .hasMessageStartingWith("prepare expects a column y but the table has");

    var plain = sequential(input(1), dense(1)).compile(sgd(), mse());
    assertThatThrownBy(() -> plain.evaluate(asked))
        .hasMessageStartingWith("evaluate expects a model that was fitted to table(…)");
    plain.fit(vector(1, 2), vector(1, 2), epochs(1).seed(1).quiet());
    assertThat(plain.predictValues(rows(1, 2).selectColumns("x")).shape()).containsExactly(2, 1);
  }

  private static BufferedImage white(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  /** A model that adds up what it sees. */
  private static Model summing(Sequential layers, int inputs) {
    var ones = new double[inputs];
    Arrays.fill(ones, 1);
    return layers.compile(sgd(), mse()).weights("dense/kernel", ones);
  }

  @Test
  void aPictureIsFittedToTheModelsInput() {
    var model = summing(sequential(input(4, 4, 1), flatten(), dense(1)), 16);
    var coloured = summing(sequential(input(2, 2, 3), flatten(), dense(1)), 12);
    var flat = summing(sequential(input(16), dense(1)), 16);
    var mine = image(white(30, 20));

    assertThat(model.predictValues(mine).get(0)).isCloseTo(16, within(1e-4));
    assertThat(model.predictValues(mine.inverted()).get(0)).isZero();
    assertThat(coloured.predictValues(mine).get(0)).isCloseTo(12, within(1e-4));
    assertThat(model.predictValues(List.of(mine, mine.inverted())).toDoubles())
        .containsExactly(new double[] {16, 0}, within(1e-4));
    assertThatThrownBy(() -> flat.predict(mine))
        .hasMessage(
            "predict expects samples [16] but receives picture: 20×30, grey: convert it to as many numbers, such as .grey().fitted(4, 4).");
    assertThat(flat.predictValues(mine.grey().fitted(4, 4)).get(0)).isCloseTo(16, within(1e-4));

    var left = input(2, 2, 1);
    var right = input(1);
    var both = model(List.of(left, right), concatenate().of(flatten().of(left), right));
    assertThat(both.compile(sgd(), mse()).predictValues(List.of(mine, matrix(row(5)))).toDoubles())
        .containsExactly(new double[] {1, 1, 1, 1, 5}, within(1e-6));
  }
}
