package org.lossbook.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.table;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableDataTest {
  private static Table cars() {
    return Table.create(
        "cars",
        DoubleColumn.create("weight", 1000, 1500, 1200, 1300),
        IntColumn.create("power", 50, 90, 70, 70),
        StringColumn.create("colour", "red", "blue", "red", "green"),
        BooleanColumn.create("diesel", true, false, true, false),
        DoubleColumn.create("mpg", 30, 20, 25, 24));
  }

  /** Cars of which the second has no power and the third no colour. */
  private static Table holed() {
    Table cars = cars();
    cars.intColumn("power").setMissing(1);
    cars.stringColumn("colour").setMissing(2);
    return cars;
  }

  private static float[] x(Dataset data) {
    return data.x().toArray();
  }

  @Test
  void numbersTextsAndTruthsBecomeFeaturesByName() {
    var data = table(cars()).target("mpg");

    assertThat(data.x().shape()).containsExactly(4, 6);
    assertThat(data.x().rows(0, 2).toArray())
        .containsExactly(1000, 50, 0, 0, 1, 1, 1500, 90, 1, 0, 0, 0);
    assertThat(data.y().toArray()).containsExactly(30, 20, 25, 24);
    assertThat(data.hasLabels()).isFalse();
    assertThat(data.head(1))
        .hasToString(
            """
            4 samples [6], targets []: weight, power, colour=blue, colour=green, colour=red, diesel → mpg
            weight  power  colour=blue  colour=green  colour=red  diesel  mpg
              1000     50            0             0           1       1   30""");
  }

  @Test
  void aTextTargetBecomesLabelsInTheOrderOfTheLetters() {
    var data = table(cars()).features("weight").target("colour");

    assertThat(data.hasLabels()).isTrue();
    assertThat(data.classNames()).containsExactly("blue", "green", "red");
    assertThat(data.targetShape()).isEmpty();
    assertThat(data.y().toArray()).containsExactly(2, 0, 2, 1);
    assertThat(data.classes("red", "green", "blue").y().toArray()).containsExactly(0, 2, 0, 1);
    assertThat(data.oneHot().y().rows(0, 2).toArray()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(data.oneHot().targetShape()).containsExactly(3);
    assertThat(data.oneHot().hasLabels()).isFalse();
    assertThat(data.oneHot().classNames()).containsExactly("blue", "green", "red");
  }

  @Test
  void aTruthAndNumbersThatAreNamesMayBeClassesToo() {
    assertThat(table(cars()).features("weight").target("diesel").y().toArray())
        .containsExactly(1, 0, 1, 0);
    var power = table(cars()).features("weight").target("power");
    assertThat(power.hasLabels()).isFalse();
    assertThat(power.categorical("power").classNames()).containsExactly("50", "70", "90");
    assertThat(power.categorical("power").y().toArray()).containsExactly(0, 2, 1, 1);
    assertThatThrownBy(() -> power.oneHot().y())
        .hasMessage(
            "oneHot expects a target of classes but power holds measurements: make classes of its numbers with .categorical(\"power\").");
  }

  @Test
  void whole0ToKIsLabelsAsInArrays() {
    var table = Table.create(IntColumn.create("x", 1, 2, 3), IntColumn.create("kind", 0, 2, 1));

    assertThat(table(table).target("kind").classNames()).containsExactly("0", "1", "2");
    assertThat(table(table).target("kind").hasLabels()).isTrue();
    assertThat(table(table).target("kind").oneHot().y().rows(1, 2).toArray())
        .containsExactly(0, 0, 1);
  }

  @Test
  void severalTargetsAreRows() {
    var data = table(cars()).features("power").target("mpg", "weight");

    assertThat(data.targetShape()).containsExactly(2);
    assertThat(data.y().rows(0, 1).toArray()).containsExactly(30, 1000);
    assertThatThrownBy(() -> table(cars()).target("mpg", "colour").size())
        .hasMessage(
            "several targets must be numbers but colour holds STRING: predict a class on its own, with .target(\"colour\").");
  }

  @Test
  void standardizingIsLearntFromTheTrainingPartAndAppliedToTheRest() {
    var table = Table.create(DoubleColumn.create("x", 1, 2, 3, 4, 5, 6, 7, 8, 9, 100));
    table.addColumns(table.doubleColumn("x").copy().setName("y"));
    var split = table(table).target("y").standardized().split(0.8, 7);
    float[] train = split.train().y().toArray(); // as they were
    double mean = IntStream.range(0, 8).mapToDouble(i -> train[i]).average().orElseThrow();
    double sd =
        Math.sqrt(
            IntStream.range(0, 8)
                .mapToDouble(i -> (train[i] - mean) * (train[i] - mean))
                .average()
                .orElseThrow());

    for (int i = 0; i < 8; i++) {
      assertThat(x(split.train())[i]).isCloseTo((float) ((train[i] - mean) / sd), within(1e-6f));
    }
    for (int i = 0; i < 2; i++) {
      assertThat(x(split.test())[i])
          .isCloseTo((float) ((split.test().y().toArray()[i] - mean) / sd), within(1e-5f));
    }
    assertThat(x(split.prepare(table))[9]).isCloseTo((float) ((100 - mean) / sd), within(1e-4f));
  }

  @Property(tries = 100)
  void aStandardizedTrainingPartHasMean0AndDeviation1(
      @ForAll @IntRange(min = 5, max = 300) int rows,
      @ForAll @IntRange(min = -6, max = 6) int power,
      @ForAll long seed) {
    var random = new SplittableRandom(seed);
    double offset = random.nextDouble(-1000, 1000);
    double[] numbers =
        IntStream.range(0, rows)
            .mapToDouble(i -> Math.pow(10, power) * (offset + random.nextDouble()))
            .toArray();
    var data =
        table(Table.create(DoubleColumn.create("x", numbers), DoubleColumn.create("y", numbers)))
            .target("y");
    float[] standardized = x(data.standardized().split(0.7, seed).train());
    float[] normalized = x(data.normalized().split(0.7, seed).train());
    double mean = mean(standardized);
    double squares = 0;
    for (float x : standardized) {
      squares += (x - mean) * (x - mean);
    }

    assertThat(mean).isCloseTo(0, within(1e-6));
    assertThat(Math.sqrt(squares / standardized.length)).isCloseTo(1, within(1e-6));
    Arrays.sort(normalized);
    assertThat(normalized[0]).isZero();
    assertThat(normalized[normalized.length - 1]).isCloseTo(1, within(1e-6f));
  }

  private static double mean(float[] numbers) {
    return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).average().orElseThrow();
  }

  @Property(tries = 100)
  void everyCategoryIsOneFeatureAndEveryRowHasOneOfThem(
      @ForAll @IntRange(min = 2, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 9) int kinds,
      @ForAll long seed) {
    var random = new SplittableRandom(seed);
    String[] texts =
        IntStream.range(0, rows).mapToObj(i -> "k" + random.nextInt(kinds)).toArray(String[]::new);
    var table =
        Table.create(
            StringColumn.create("kind", texts), DoubleColumn.create("y", new double[rows]));
    var data = table(table).categorical("kind").target("y");
    int width = data.sampleShape()[0];

    assertThat(width).isEqualTo((int) Arrays.stream(texts).distinct().count());
    for (int i = 0; i < rows; i++) {
      float[] row = data.x().rows(i, i + 1).toArray();
      assertThat(mean(row) * width).isCloseTo(1, within(1e-6));
      String feature =
          data.preparation()
              .orElseThrow()
              .toString()
              .lines()
              .skip(2 + place(row))
              .findFirst()
              .orElseThrow();
      assertThat(feature).startsWith("kind=" + texts[i] + " ");
    }
  }

  private static int place(float[] row) {
    return IntStream.range(0, row.length).filter(i -> row[i] == 1).findFirst().orElseThrow();
  }

  @Test
  void aConstantColumnBecomes0AndItIsSaid() {
    var table =
        Table.create(DoubleColumn.create("x", 0.1, 0.1, 0.1), DoubleColumn.create("y", 1.5, 2, 3));
    var data = table(table).target("y").standardized();

    assertThat(x(data)).containsExactly(0, 0, 0);
    assertThat(x(table(table).target("y").normalized())).containsExactly(0, 0, 0);
    assertThat(data.toString()).contains("x − 0.1) (the same in every row)");
  }

  @Test
  void whatIsMissingIsRefusedWithItsColumnRowAndWhatToDo() {
    assertThatThrownBy(() -> table(holed()).target("mpg").size())
        .hasMessage(
            "table expects a value in every row but power has none in row 1: fill it in with .missingToMean(\"power\"), .missingToMedian(\"power\") or .missingTo(\"power\", 0), or leave such rows out with .dropMissing().");
    assertThatThrownBy(() -> table(holed()).target("mpg").missingToMean().size())
        .hasMessage(
            "table expects a value in every row but colour has none in row 2: fill it in with .missingTo(\"colour\", \"unknown\") or .missingToMostFrequent(\"colour\"), or leave such rows out with .dropMissing().");
    var target = holed();
    target.doubleColumn("mpg").setMissing(3).setMissing(0);
    assertThatThrownBy(() -> table(target).features("weight").target("mpg").size())
        .hasMessage(
            "table expects a value in every row but mpg has none in row 0 and 1 more: a target is never guessed, so leave such rows out with .dropMissing().");
  }

  @Test
  void whatIsMissingIsFilledInAsTold() {
    var data = table(holed()).features("power").target("mpg");

    assertThat(x(data.missingToMean())[1]).isCloseTo(190 / 3f, within(1e-4f));
    assertThat(x(data.missingToMedian("power"))[1]).isEqualTo(70);
    assertThat(x(data.missingToMostFrequent("power"))[1]).isEqualTo(70);
    assertThat(x(data.missingTo("power", 0))[1]).isZero();
    assertThat(data.dropMissing().size()).isEqualTo(3);
    assertThat(data.missingToMean().toString())
        .contains("power: 1 of 4 rows have none and get the mean, 63.333");
    var colours = table(holed()).features("colour").target("mpg");
    assertThat(colours.missingTo("colour", "unknown").sampleShape()).containsExactly(4);
    assertThat(colours.missingToMostFrequent().sampleShape()).containsExactly(3);
    assertThat(colours.dropMissing().sampleShape()).containsExactly(3);
    assertThat(table(holed()).target("mpg").missingToMean().missingToMostFrequent().size())
        .isEqualTo(4);
  }

  @Test
  void theFillingIsLearntFromTheTrainingPart() {
    double[] numbers = new double[100];
    Arrays.setAll(numbers, i -> i);
    var table = Table.create(DoubleColumn.create("x", numbers), DoubleColumn.create("y", numbers));
    IntStream.range(0, 20).forEach(i -> table.doubleColumn("x").setMissing(5 * i));
    var split = table(table).target("y").missingToMean().split(0.5, 3);
    float[] y = split.train().y().toArray();
    double mean =
        IntStream.range(0, y.length)
            .filter(i -> y[i] % 5 != 0)
            .mapToDouble(i -> y[i])
            .average()
            .orElseThrow();

    for (Dataset part : new Dataset[] {split.train(), split.test()}) {
      for (int i = 0; i < 50; i++) {
        float was = part.y().toArray()[i];
        assertThat(x(part)[i]).isCloseTo(was % 5 == 0 ? (float) mean : was, within(1e-4f));
      }
    }
  }

  @Test
  void newRowsArePreparedByTheNamesOfTheirColumns() {
    var data = table(cars()).target("mpg").ignoreUnknown().split(0.75, 1);
    var newcomers =
        Table.create(
            StringColumn.create("colour", "red"),
            BooleanColumn.create("diesel", false),
            StringColumn.create("name", "my own"),
            DoubleColumn.create("POWER", 60.0),
            IntColumn.create("weight", new int[] {1100}));
    var prepared = table(cars()).target("mpg").preparation().orElseThrow().prepare(newcomers);

    assertThat(x(prepared)).containsExactly(1100, 60, 0, 0, 1, 0);
    assertThat(prepared.toString()).endsWith("→ no target");
    assertThatThrownBy(() -> prepared.y().toArray())
        .hasMessageStartingWith("prepare expects a column mpg but the table has colour, diesel,");
    assertThatThrownBy(() -> data.prepare(newcomers.rejectColumns("weight")))
        .hasMessageStartingWith("prepare expects a column weight but the table has");
    assertThat(
            data.prepare(cars().where(cars().stringColumn("colour").isEqualTo("red")))
                .y()
                .toArray())
        .containsExactly(30, 25);
  }

  @Test
  void aCategoryThatTrainingDidNotKnowIsRefusedOrZeros() {
    var data = table(cars()).features("colour").target("mpg");
    var pink = Table.create(StringColumn.create("colour", "red", "pink"));

    assertThatThrownBy(() -> data.preparation().orElseThrow().prepare(pink))
        .hasMessage(
            "prepare expects in colour a value seen in training, blue, green, red, but row 1 has pink: fix or drop that row, or give such rows zeros with .ignoreUnknown().");
    assertThat(x(data.ignoreUnknown().preparation().orElseThrow().prepare(pink)))
        .containsExactly(0, 0, 1, 0, 0, 0);
  }

  @Test
  void newRowsOfAnotherKindOrWithHolesAreRefused() {
    var preparation = table(cars()).features("power").target("mpg").preparation().orElseThrow();

    assertThatThrownBy(
            () -> preparation.prepare(Table.create(StringColumn.create("power", "many"))))
        .hasMessage(
            "prepare expects numbers in power, as in training, but receives STRING: fix the column.");
    assertThatThrownBy(() -> preparation.prepare(holed()))
        .hasMessageStartingWith(
            "prepare expects a value in every row but power has none in row 1:");
    assertThatThrownBy(() -> preparation.prepare(null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> preparation.prepare(cars().emptyCopy()))
        .hasMessageContaining("at least one row");
  }

  @Test
  void datesAndNamesAreRefusedWithWhatToDo() {
    var dated = cars().addColumns(DateColumn.create("made", new LocalDate[4]));
    assertThatThrownBy(() -> table(dated).target("mpg").size())
        .hasMessage(
            "table expects numbers, strings or booleans but made holds LOCAL_DATE: leave it out with .without(\"made\"), or add what matters in it as a numeric column, such as a date's .year().");
    assertThat(table(dated).target("mpg").without("made").size()).isEqualTo(4);

    String[] names = IntStream.range(0, 30).mapToObj(i -> "n" + i).toArray(String[]::new);
    var named =
        Table.create(StringColumn.create("name", names), DoubleColumn.create("y", new double[30]));
    assertThatThrownBy(() -> table(named).target("y").size())
        .hasMessage(
            "table expects categories in name but it has 30 different texts in 30 rows: leave it out with .without(\"name\"), or keep a feature for each with .categorical(\"name\").");
    assertThat(table(named).categorical("name").target("y").sampleShape()).containsExactly(30);
  }

  @Test
  void whatCannotBeMeantIsRefusedAtOnce() {
    var data = table(cars());
    assertThatThrownBy(() -> table(null)).hasMessageStartingWith("table expects a table with");
    assertThatThrownBy(() -> data.features("wieght"))
        .hasMessage(
            "features expects a column wieght but the table has weight, power, colour, diesel, mpg: check the spelling.");
    assertThatThrownBy(() -> data.features())
        .hasMessageEndingWith("receives none: name at least one.");
    assertThatThrownBy(() -> data.target((String) null)).hasMessageContaining("receives null");
    assertThatThrownBy(data::size)
        .hasMessage(
            "table expects a target but none is chosen of weight, power, colour, diesel, mpg: name what to predict with .target(\"mpg\").");
    assertThatThrownBy(() -> data.features("mpg", "weight").target("mpg").size())
        .hasMessageStartingWith("table expects features that do not give the answer away but mpg");
    assertThatThrownBy(() -> data.missingToMean("colour"))
        .hasMessage(
            "missingToMean expects columns of numbers but colour holds STRING: use .missingToMostFrequent(\"colour\").");
    assertThatThrownBy(() -> data.missingTo("power", "none"))
        .hasMessage(
            "missingTo expects a number for power but receives none: the column holds INTEGER.");
    assertThatThrownBy(() -> data.target("colour").classes("red", "blue").size())
        .hasMessage(
            "classes expects every class of colour but leaves out green: name them all, blue, green, red.");
    assertThatThrownBy(() -> data.target("mpg").split(1, 1))
        .hasMessageStartingWith("split expects a fraction that leaves samples on both sides");
    var infinite = cars();
    infinite.doubleColumn("weight").set(2, Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> table(infinite).target("mpg").size())
        .hasMessage(
            "table expects finite numbers but weight has Infinity in row 2: fix that cell or drop the row.");
  }

  @Test
  void aSpecificationIsAValueThatChangesNothingAndIsNotChanged() {
    var cars = cars();
    var data = table(cars).target("mpg");
    data.standardized();
    cars.doubleColumn("weight").set(0, 7.0);

    assertThat(x(data)[0]).isEqualTo(1000);
  }

  @Test
  void aCellShowsWhatEachFeatureIsAndWhatIsStillMissing() {
    assertThat(table(cars()).features("weight", "colour").target("mpg").standardized())
        .hasToString(
            """
            4 features, learned from 4 rows
            feature       kind      mean       sd  least  greatest  what the model receives
            weight        number    1250   180.28   1000      1500  (x − 1250) / 180.28
            colour=blue   category  0.25  0.43301      0         1  1 where it is, else 0
            colour=green  category  0.25  0.43301      0         1  1 where it is, else 0
            colour=red    category   0.5      0.5      0         1  1 where it is, else 0
            target mpg: in its own unit""");
    assertThat(table(holed()).toString())
        .startsWith("cars: 4 rows\ncolumn  holds    missing\n")
        .endsWith("or leave such rows out with .dropMissing().");
    assertThat(table(cars()).target("mpg").mimeBundle().get("text/html")).contains("<table>");
  }

  @Test
  void twoColumnsShowAsPointsColouredByClass() {
    assertThat(table(cars()).target("mpg").plot().alt())
        .isEqualTo(
            "cars: points of mpg over weight: 4 rows; weight from 1,000 to 1,500, mpg from 20.00 to 30.00.");
    assertThat(table(cars()).target("colour").plot().alt())
        .startsWith(
            "cars: points of power over weight: 1 colour blue, 1 colour green, 2 colour red;");
    assertThat(table(holed()).plot("power", "mpg").alt()).contains("power from 50.00 to 70.00");
    assertThatThrownBy(() -> table(cars()).plot("colour", "mpg"))
        .hasMessage("plot expects columns of numbers but colour holds STRING: choose another.");
    assertThatThrownBy(() -> table(cars()).features("power").target("colour").plot())
        .hasMessageStartingWith("plot expects two numeric features but there are 1:");
  }
}
