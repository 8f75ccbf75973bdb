package org.lossbook.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.csv;
import static org.lossbook.Lossbook.decimalComma;
import static org.lossbook.Lossbook.missing;
import static org.lossbook.Lossbook.table;
import static org.lossbook.Lossbook.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.data.DataException;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/** A number is read as it is written, or refused with its line. */
class CsvNumbersTest {
  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("n.csv"), content);
  }

  private Table column(String... cells) throws IOException {
    return csv(file("n;x\n" + String.join(";0\n", cells) + ";0\n"));
  }

  private void refused(String message, String... cells) {
    assertThatThrownBy(() -> column(cells))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("csv expects ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|1",
        "-7|-7",
        "+5|5",
        "1.5|1.5",
        ".5|0.5",
        "5.|5",
        "-.5|-0.5",
        "1e3|1000",
        "2.5E-2|0.025",
        "1.0|1",
        "0.30|0.3",
        "12%|0.12",
        "12.3 %|0.123",
        "−5|-5",
        "1,234,567|1234567",
        "1,234.5|1234.5",
        "1 234 567.5|1234567.5",
        "1'234|1234",
        "2147483648|2147483648",
        "-2147483648|-2147483648",
        "1e-320|1e-320",
        "100000000000000000000|1e20",
        "08|8",
      })
  void aNumberIsReadAsItIsWritten(String cell, double value) throws IOException {
    Table read = column(cell);

    assertThat(read.column("n").isMissing(0)).isFalse();
    assertThat(read.numberColumn("n").getDouble(0)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,5|1.5",
        " 1,5|1.5",
        "+1,5|+1.5",
        "-1,5|-1.5",
        ",5|0.5",
        "1,5E3|1.5E3",
        "1.234,5|1234.5",
        "1 234,5|1234.5",
        "1,500|1.500",
        "0,125|0.125",
        "12,5%|12.5%",
        "5,|5.",
      })
  void aDecimalCommaIsRefusedInEveryDisguise(String cell, String corrected) {
    refused(
        "n.csv, line 3, has "
            + cell.strip()
            + ": write them with a point, as in "
            + corrected
            + ".",
        "1",
        cell);
    refused("decimalComma()", cell, "n/a"); // which would make a text of it
    refused("line 2, has", cell, cell, "none of your business"); // and so would this
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,5", "0,125", "+1,5", ",5", "1.234,5", "1,5E3", " 1,5 "})
  void norAreQuotesADisguise(String cell) throws IOException {
    Path quoted = file("a,b\n\"" + cell + "\",2\n");

    assertThatThrownBy(() -> csv(quoted))
        .hasMessageContaining("n.csv, line 2, has " + cell.strip());
    assertThat(csv(quoted, text("a")).stringColumn("a").get(0)).isEqualTo(cell);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,5|1.5",
        ",5|0.5",
        "+1,5|1.5",
        "1,5E3|1500",
        "1.234,5|1234.5",
        "7|7",
        "12,5 %|0.125",
        "1 000,5|1000.5"
      })
  void aDecimalCommaIsReadWhereTheReaderSaysSo(String cell, double value) throws IOException {
    Table read = csv(file("n;x\n" + cell + ";a\n"), decimalComma());

    assertThat(read.numberColumn("n").getDouble(0)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "0.125", ".5", "1.234", "1.5e3"})
  void thenAPointIsRefusedUnlessItMarksThousandsBeyondDoubt(String cell) throws IOException {
    Path file = file("n;x\n1,5;a\n" + cell + ";a\n");

    assertThatThrownBy(() -> csv(file, decimalComma()))
        .hasMessageContaining("expects numbers with a comma, as decimalComma() says, but ")
        .hasMessageContaining("line 3, has " + cell + ":");
  }

  @Test
  void pointsOfThousandsThatAreBeyondDoubtSayWhatTheOthersAre() throws IOException {
    assertThat(csv(file("n;x\n1.234;a\n1.234.567;a\n"), decimalComma()).intColumn("n").asList())
        .containsExactly(1234, 1234567);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1f", "1d", "0x1p3", "0x1F", "1_000", "1L", "١٢", "１２", "1.2.3", "1e", "e5", "--1"
      })
  void whatJavaAloneTakesForANumberIsText(String cell) throws IOException {
    assertThat(column("1", cell).stringColumn("n").asList()).containsExactly("1", cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "inf", "-Infinity", "+inf", "∞"})
  void infinityIsRefusedAmongNumbers(String cell) {
    refused("n.csv, line 3, has " + cell + " in n", "1", cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "1e-999", "0.001e-400"})
  void aNumberThatADoubleDoesNotHoldIsRefused(String cell) {
    refused("n.csv, line 3, has " + cell + " in n", "1", cell);
  }

  @Test
  void wholeNumbersKeepEveryDigitOrAreRefused() throws IOException {
    assertThat(column("9007199254740993", "1").longColumn("n").get(0)).isEqualTo(9007199254740993L);
    assertThat(column(Long.toString(Long.MAX_VALUE)).longColumn("n").get(0))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(column("-9223372036854775807").longColumn("n").countMissing()).isZero();
    refused("line 2, has 9007199254740993 in n", "9007199254740993", "1.5");
    refused("line 3, has 12345678901234567891 in n", "1", "12345678901234567891");
    refused("line 2, has 9223372036854775807 in n", "9223372036854775807", "9223372036854775808");
    refused("line 2, has 111", "1".repeat(100_000));
  }

  @Test
  void numbersWithZerosBeforeThemAreNames() throws IOException {
    assertThat(column("007", "012", "100").stringColumn("n").asList())
        .containsExactly("007", "012", "100");
    assertThat(column("0.07", "01", "12").column("n").type()).isEqualTo(ColumnType.DOUBLE);
  }

  @Test
  void percentsAndPlainNumbersAreNotMixed() {
    refused("line 4, has 12 in n beside 5%: write both the same way", "5%", "0", "12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?", "-", "--", ".", "n/a", "nan", "NULL", "none", "#N/A", "#DIV/0!", "\\N"})
  void aSignForAMissingValueIsAskedForAmongNumbers(String sign) throws IOException {
    refused(
        "line 3, has "
            + sign
            + ": if that stands for a missing value, say so with csv(…, missing(\""
            + sign
            + "\"))",
        "1",
        sign,
        "3");
    Table read = csv(file("n;x\n1;0\n" + sign + ";0\n3;0\n"), missing(sign));
    assertThat(read.intColumn("n").countMissing()).isEqualTo(1);
    assertThat(table(read).target("x").missingToMean().x().toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void amongTextsItIsOne() throws IOException {
    assertThat(column("private", "?", "state").stringColumn("n").get(1)).isEqualTo("?");
    assertThat(csv(file("n;x\na;0\n ?;0\n"), missing(" ? ")).column("n").isMissing(1)).isTrue();
  }

  /** The auto-mpg of the UCI repository, whose horsepower has six of them, was 94 features. */
  @Test
  void aColumnOfNumbersThatBecameTextIsNoFeatureForEachNumber() throws IOException {
    String numbers =
        IntStream.range(50, 144).mapToObj(i -> i + ";1").collect(Collectors.joining("\n"));
    Path file = file("horsepower;mpg\n" + numbers + "\n12o;2\n");

    assertThatThrownBy(() -> table(csv(file)).target("mpg").x())
        .hasMessage(
            "table expects categories in horsepower but 94 of its 95 texts are numbers, but not"
                + " 12o: read it with csv(…, missing(\"12o\")), leave it out with"
                + " .without(\"horsepower\"), or keep a feature for each with"
                + " .categorical(\"horsepower\").");
    assertThatThrownBy(() -> table(csv(file)).target("horsepower").y())
        .hasMessageContaining("treat them as classes with .categorical(\"horsepower\")");
    assertThat(table(csv(file, missing("12o"))).target("mpg").dropMissing().sampleShape())
        .containsExactly(1);
    assertThat(table(csv(file)).target("mpg").categorical("horsepower").sampleShape())
        .containsExactly(95);
  }

  /** Alone, F may be a woman; beside T it is a truth, and in the rows to predict it stays one. */
  @Test
  void newRowsMayHaveOneLetterOfTheTruthsAlone() throws IOException {
    var data = table(csv(file("lift,price\nT,2\nF,1\nT,3\n"))).target("price").split(0.7, 1);

    assertThat(data.prepare(csv(file("lift,price\nF,1\nF,2\n"))).x().toArray())
        .containsExactly(0, 0);
    assertThat(data.prepare(csv(file("lift,price\nT,1\n"))).x().toArray()).containsExactly(1);
    assertThatThrownBy(() -> data.prepare(csv(file("lift,price\nmaybe,1\n"))))
        .hasMessageContaining("expects truths in lift");
  }

  @Test
  void moneyIsTextAndNoFeatureForEachAmount() throws IOException {
    String amounts =
        IntStream.range(0, 18)
            .mapToObj(i -> "$1," + (100 + i) + ".50;1")
            .collect(Collectors.joining("\n"));
    Table read = csv(file("price;y\n" + amounts + "\n$1,100.50;0\n"));

    assertThat(read.stringColumn("price").get(0)).isEqualTo("$1,100.50");
    assertThatThrownBy(() -> table(read).target("y").x())
        .hasMessageContaining("18 of its 18 texts are numbers, such as $1,100.50");
  }
}
