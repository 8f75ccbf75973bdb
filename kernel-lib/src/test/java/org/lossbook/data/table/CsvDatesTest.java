package org.lossbook.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.csv;
import static org.lossbook.Lossbook.dates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.data.DataException;

/** A date is read where it can be read in one way only. */
class CsvDatesTest {
  @TempDir Path folder;

  private Path file(String... cells) throws IOException {
    return Files.writeString(
        folder.resolve("d.csv"), "d;x\n" + String.join(";1\n", cells) + ";1\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "02.01.2020|d.M.yyyy|M.d.yyyy",
        "02/01/2020|d/M/yyyy|M/d/yyyy",
        "2-1-2020|d-M-yyyy|M-d-yyyy",
        "2/1/20|d/M/yy|M/d/yy",
        "02.01.2020 10:30|d.M.yyyy H:mm|M.d.yyyy H:mm",
      })
  void aDateWithTwoMeaningsIsAskedFor(String cell, String dayFirst, String monthFirst)
      throws IOException {
    Path file = file(cell);

    assertThatThrownBy(() -> csv(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("d.csv, line 2, has " + cell + " in d")
        .hasMessageContaining("dates(\"" + dayFirst + "\")) or dates(\"" + monthFirst + "\")");
    LocalDate first = LocalDate.of(2020, 1, 2);
    assertThat(csv(file, dates(dayFirst)).getString(0, "d")).startsWith(first.toString());
    assertThat(csv(file, dates(monthFirst)).getString(0, "d")).startsWith("2020-02-01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2020-01-02",
        "2020/1/2",
        "2020.01.02",
        "2-Jan-2020",
        "02 January 2020",
        "2. Jan. 2020",
        "Jan 2, 2020",
        "january 2 2020",
      })
  void theYearFirstOrTheMonthsNameLeavesNoDoubt(String cell) throws IOException {
    assertThat(csv(file(cell)).dateColumn("d").get(0)).isEqualTo(LocalDate.of(2020, 1, 2));
  }

  @Test
  void oneCellMaySayForAllWhichNumberIsTheDay() throws IOException {
    assertThat(csv(file("02.01.2020", "31.01.2020")).dateColumn("d").get(0))
        .isEqualTo(LocalDate.of(2020, 1, 2));
    assertThat(csv(file("02/01/2020", "01/31/2020")).dateColumn("d").get(0))
        .isEqualTo(LocalDate.of(2020, 2, 1));
    assertThat(csv(file("03.03.2020", "04.04.2021")).dateColumn("d").get(1))
        .isEqualTo(LocalDate.of(2021, 4, 4));
    Path both = file("01/31/2020", "02/01/2020", "31/01/2020");
    assertThatThrownBy(() -> csv(both))
        .hasMessageContaining("line 4, has 31/01/2020 in d after 01/31/2020 in line 2");
  }

  @Test
  void theReaderSaysHowTheyAreWritten() throws IOException {
    assertThat(
            csv(file("02.01.2020", "", "31.12.2020"), dates("dd.MM.yyyy")).dateColumn("d").asList())
        .containsExactly(LocalDate.of(2020, 1, 2), null, LocalDate.of(2020, 12, 31));
    assertThat(csv(file("20200102"), dates("yyyyMMdd")).dateColumn("d").get(0))
        .isEqualTo(LocalDate.of(2020, 1, 2));
    assertThat(
            csv(file("02.01.20 7:05"), dates("dd.MM.yyyy", "dd.MM.yy H:mm"))
                .dateTimeColumn("d")
                .get(0))
        .isEqualTo(LocalDateTime.of(2020, 1, 2, 7, 5));
    Path other = file("02.01.2020", "03.01.2020", "2020-01-04");
    assertThatThrownBy(() -> csv(other, dates("dd.MM.yyyy")))
        .hasMessageContaining("expects dates as dd.MM.yyyy but")
        .hasMessageContaining("line 4, has 2020-01-04 in d");
    Path never = file("01.04.2020", "30.04.2020", "31.04.2020");
    assertThatThrownBy(() -> csv(never, dates("dd.MM.yyyy")))
        .hasMessageContaining("has 31.04.2020");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yyyy", "tt.mm.jjjj", "MM.yyyy", "{", "'"})
  void aPatternThatIsNoneIsRefused(String pattern) {
    assertThatThrownBy(() -> dates(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "dates expects how a day or a time is written, such as \"dd.MM.yyyy\"");
  }

  @Test
  void timesAndNumbersAreWhatTheyWere() throws IOException {
    assertThat(csv(file("10:30", "9:05:07")).timeColumn("d").get(1))
        .isEqualTo(LocalTime.of(9, 5, 7));
    assertThat(csv(file("12:30 AM", "1:00 pm")).timeColumn("d").asList())
        .containsExactly(LocalTime.of(0, 30), LocalTime.of(13, 0));
    assertThat(csv(file("2020-01-02 10:00", "2020-01-02T10:00:01.5")).dateTimeColumn("d").get(0))
        .isEqualTo(LocalDateTime.of(2020, 1, 2, 10, 0));
    assertThat(csv(file("20200102")).intColumn("d").get(0)).isEqualTo(20200102);
    assertThat(csv(file("10.12.20.1", "31.02.2020", "25:00")).stringColumn("d").get(1))
        .isEqualTo("31.02.2020");
  }

  @Test
  void aSignForAMissingValueIsAskedForAmongDates() throws IOException {
    Path file = file("2020-01-02", "?");
    assertThatThrownBy(() -> csv(file))
        .hasMessageContaining("expects a date or nothing in each row of d");
  }
}
