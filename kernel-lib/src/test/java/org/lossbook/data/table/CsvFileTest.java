package org.lossbook.data.table;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.charset;
import static org.lossbook.Lossbook.csv;
import static org.lossbook.Lossbook.decimalComma;
import static org.lossbook.Lossbook.header;
import static org.lossbook.Lossbook.missing;
import static org.lossbook.Lossbook.separator;
import static org.lossbook.Lossbook.table;
import static org.lossbook.Lossbook.text;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.data.DataException;
import tech.tablesaw.api.ColumnType;

class CsvFileTest {
  @TempDir Path folder;

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("cars.csv"), content).toString();
  }

  @Test
  void aFileIsReadAndPreparedWithoutAWordOnTheErrorStream() throws IOException {
    var said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      var cars = csv(file("weight,power,mpg\n1000,50,30.5\n1500,,20\n1200,70,25\n"));
      assertThat(cars.columnNames()).containsExactly("weight", "power", "mpg");
      assertThat(table(cars).target("mpg").missingToMean().x().toArray())
          .containsExactly(1000, 50, 1500, 60, 1200, 70);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void semicolonsAndTabsSeparateWhereThereIsNoComma() throws IOException {
    assertThat(csv(file("a;b\n1;2\n3;4\n")).shape()).contains("2 rows X 2 cols");
    assertThat(csv(file("a\tb\n1\t2\n")).shape()).contains("1 rows X 2 cols");
  }

  @Test
  void aFileThatIsNotThereIsLookedForAloudFromTheWorkingDirectory() {
    assertThatThrownBy(() -> csv("no-such.csv"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "csv expects a file but finds nothing at no-such.csv: the working directory is "
                + Path.of("").toAbsolutePath()
                + ", so give a path relative to it or an absolute one.");
    assertThatThrownBy(() -> csv(folder.toString())).hasMessageContaining("finds a folder at");
    assertThatThrownBy(() -> csv((String) null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> csv(" ")).hasMessageContaining("receives an empty text");
    assertThatThrownBy(() -> csv("a\0b")).isInstanceOf(DataException.class);
  }

  @Test
  void aLineOfAnotherLengthIsNamedByItsPlaceInTheFile() throws IOException {
    String ragged = file("a,b\n\n1,2\n\"x\ny\",3\n3\n4,5\n");
    assertThatThrownBy(() -> csv(ragged))
        .hasMessage(
            "csv expects 2 cells in every line, as there are names in the first, but %s, line 6, has 1: put a text that has a separator in it between double quotes, and leave no cell out."
                .formatted(ragged));
    String wide = file("a,b\n1,2,3\n");
    assertThatThrownBy(() -> csv(wide)).hasMessageContaining("cars.csv, line 2, has 3:");
  }

  @Test
  void aFileThatIsNotATableIsRejectedWithTheReason() throws IOException {
    String twice = file("a,a\n1,2\n");
    assertThatThrownBy(() -> csv(twice)).hasMessageEndingWith("line 1, has a twice: rename one.");
    String empty = file("");
    assertThatThrownBy(() -> csv(empty)).hasMessageContaining("cars.csv has no rows");
    String names = file("a,b\n");
    assertThatThrownBy(() -> csv(names)).isInstanceOf(DataException.class);
    String open = file("a,b\n\"1,2\n3,4\n");
    assertThatThrownBy(() -> csv(open))
        .hasMessageContaining("cars.csv, line 2, opens one that is not");
  }

  @Test
  void decimalCommasAreNotReadAsThousands() throws IOException {
    String semicolons = file("a;b\n1;2\n1,5;2\n");
    assertThatThrownBy(() -> csv(semicolons))
        .hasMessageEndingWith("line 3, has 1,5: write them with a point, as in 1.5.");
    String quoted = file("a,b\n\"1,5\",2\n");
    assertThatThrownBy(() -> csv(quoted)).hasMessageContaining("line 2, has 1,5");
    assertThat(csv(file("a,b\n\"1,500\",2\n")).intColumn("a").get(0)).isEqualTo(1500);
  }

  @Test
  void anAddressIsReadTooAndOneThatDoesNotAnswerIsAnError() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/cars.csv",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    String host = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThat(csv(host + "/cars.csv").rowCount()).isEqualTo(1);
      assertThatThrownBy(() -> csv(host + "/none.csv"))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("csv cannot read " + host + "/none.csv: ");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAddressHasAllTheChecksOfAFile() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(server, "/comma.csv", "a;b\n1;2\n1,5;2\n");
    serve(server, "/page.csv", "\n<!DOCTYPE html><html lang=en>");
    serve(server, "/ragged.csv", "a,b\n1\n");
    serve(server, "/semicolons.csv", "a;b\n1;2\n");
    server.start();
    String host = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThatThrownBy(() -> csv(host + "/comma.csv"))
          .hasMessageContaining(host + "/comma.csv, line 3, has 1,5");
      assertThatThrownBy(() -> csv(host + "/page.csv")).hasMessageContaining("is a web page");
      assertThatThrownBy(() -> csv(host + "/ragged.csv")).hasMessageContaining("line 2, has 1:");
      assertThat(csv(host + "/semicolons.csv").columnNames()).containsExactly("a", "b");
      assertThat(csv(host + "/comma.csv", decimalComma()).doubleColumn("a").get(1)).isEqualTo(1.5);
    } finally {
      server.stop(0);
    }
  }

  private static void serve(HttpServer server, String path, String content) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  @Test
  void rowsAndNamesMayBeginWithAHash() throws IOException {
    var read = csv(file("#id,b\n#1,2\n3,4\n"));

    assertThat(read.columnNames()).containsExactly("#id", "b");
    assertThat(read.stringColumn(0).asList()).containsExactly("#1", "3");
  }

  @Test
  void bytesThatAreNotUtf8AreRejectedUntilTheEncodingIsGiven() throws IOException {
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "name,n\nA,1\nMüll,2\nMöll,3\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> csv(latin))
        .hasMessage(
            "csv expects text in UTF-8 but %s, line 3, has the byte FC, which is invalid there: give its encoding with csv(…, charset(\"windows-1252\")), usual for Windows, or save it in UTF-8."
                .formatted(latin));
    assertThat(csv(latin, charset("windows-1252")).stringColumn("name").asList())
        .containsExactly("A", "Müll", "Möll");
    Files.write(latin, "a,b\n1,é".getBytes(StandardCharsets.UTF_8));
    assertThat(csv(latin).getString(0, "b")).isEqualTo("é");
    Files.write(latin, Arrays.copyOf(Files.readAllBytes(latin), 7));
    assertThatThrownBy(() -> csv(latin)).hasMessageContaining("line 2, has the byte C3");
    assertThatThrownBy(() -> charset("no such"))
        .hasMessageStartingWith("charset expects the name of an encoding but receives \"no such\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aMarkOfTheByteOrderIsNoPartOfAName(String encoding) throws IOException {
    Path file = folder.resolve("marked.csv");
    Files.write(file, "\ufeffä,b\n1,2\n".getBytes(encoding));

    assertThat(csv(file).columnNames()).containsExactly("ä", "b");
    Files.write(file, "ä,b\n1,2\n".getBytes(encoding));
    assertThat(csv(file, charset(encoding)).columnNames()).containsExactly("ä", "b");
    if (!encoding.equals("UTF-8")) {
      assertThatThrownBy(() -> csv(file)).hasMessageContaining("charset(\"UTF-16LE\")");
    }
  }

  @Test
  void linesEndAsTheyLike() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      var read = csv(file("a,b" + end + "1,\"x" + end + "y\"" + end + end + "2,z"));
      assertThat(read.intColumn("a").asList()).containsExactly(1, 2);
      assertThat(read.getString(0, "b")).isEqualTo("x\ny");
      String wrong = file("a,b" + end + "1,2" + end + end + "3" + end);
      assertThatThrownBy(() -> csv(wrong)).hasMessageContaining("line 4, has 1:");
    }
  }

  @Test
  void aFirstLineOfNumbersIsARowUnlessTheReaderSaysOtherwise() throws IOException {
    for (String first : List.of("5.1%,3.5,setosa", "-1%,2,b", "0,0,1")) {
      String rows = file(first + "\n4%,3.1,setosa\n");
      assertThatThrownBy(() -> csv(rows))
          .hasMessageContaining("csv expects names of columns in the first line but")
          .hasMessageContaining("line 1, has " + first.split(",")[0])
          .hasMessageContaining("header(false)");
      var read = csv(rows, header(false));
      assertThat(read.rowCount()).isEqualTo(2);
      assertThat(read.columnNames()).containsExactly("C0", "C1", "C2");
    }
    assertThat(csv(file("3,1\n1,2\n"), header(true)).columnNames()).containsExactly("3", "1");
    for (String names : List.of("0,1,2", "2019,2020,2021", "year,1,5", "label,1x1,1x2")) {
      assertThat(csv(file(names + "\n1,2,3\n")).columnNames()).containsExactly(names.split(","));
    }
    assertThat(csv(file("0\n1\n")).columnNames()).containsExactly("0");
  }

  @Test
  void whatSeparatesIsInEveryLineAsOften() throws IOException {
    assertThat(csv(file("weight, kg;power\n1;2\n")).columnNames())
        .containsExactly("weight, kg", "power");
    assertThat(csv(file("a|b\n1|2\n")).columnCount()).isEqualTo(2);
    String both = file("weight, kg;power\n1,5;2\n");
    assertThatThrownBy(() -> csv(both)).hasMessageContaining("separator(';')");
    assertThat(csv(both, separator(';').decimalComma()).doubleColumn(0).get(0)).isEqualTo(1.5);
    assertThat(csv(file("a:b\n1:2\n"), separator(':')).columnCount()).isEqualTo(2);
    assertThatThrownBy(() -> separator('"'))
        .hasMessageStartingWith("separator expects a character");
  }

  @Test
  void quotesAreClosedAndWrittenTwiceWithin() throws IOException {
    assertThat(csv(file("a,b\n\"x \"\"y\"\"\",5\" pipe\n")).row(0).getString("a"))
        .isEqualTo("x \"y\"");
    String late = file("a,b\n1,\"x\ny\"\n\"1\n2\",\"3");
    assertThatThrownBy(() -> csv(late)).hasMessageContaining("line 5, opens one that is not");
    String torn = file("a,b\n1,2\n\"x\"y,2\n");
    assertThatThrownBy(() -> csv(torn)).hasMessageContaining("line 3, has something else");
  }

  @Test
  void aTruthIsWrittenInOneWayAndBothAreThere() throws IOException {
    assertThat(csv(file("a,b\nTrue,T\nFALSE,F\n,\n")).types())
        .containsExactly(ColumnType.BOOLEAN, ColumnType.BOOLEAN);
    assertThat(csv(file("a,b,c\nF,T,yes\nF,N,no\n")).types()).containsOnly(ColumnType.STRING);
  }

  @Test
  void otherFilesAreNamedForWhatTheyAre() throws IOException {
    Map<String, String> files =
        Map.of(
            "PK\u0003\u0004", "spreadsheet",
            "<html>", "web page",
            "version https://git-lfs.github.com/spec/v1\noid 1", "Git LFS",
            "%PDF-1.4", "PDF",
            "PAR1", "Parquet");
    files.forEach(
        (content, named) ->
            assertThatThrownBy(() -> csv(file(content)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(named));
    String zeros = file("a,b\n1,\0\n");
    assertThatThrownBy(() -> csv(zeros)).hasMessageContaining("line 2, has the character U+0000");
  }

  @Test
  void aFilePackedByGzipIsUnpacked() throws IOException {
    Path packed = folder.resolve("cars.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(csv(packed).rowCount()).isEqualTo(1);
    Files.write(packed, Arrays.copyOf(Files.readAllBytes(packed), 15));
    assertThatThrownBy(() -> csv(packed))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("that it is complete");
  }

  @Test
  void aFormatCombinesItsSettings() throws IOException {
    var format = decimalComma().missing("?").dates("d.M.yyyy").text("id").separator(';');
    var read = csv(file("id;when;n\n01;2.1.2020;1,5\n?;3.1.2020;?\n"), format);

    assertThat(format)
        .hasToString(
            "csv with decimal commas, ? for missing values, dates as d.M.yyyy, ; between the cells,"
                + " text in id");
    assertThat(read.types())
        .containsExactly(ColumnType.STRING, ColumnType.LOCAL_DATE, ColumnType.DOUBLE);
    assertThat(read.missingValueCounts().row(0).getDouble(0)).isEqualTo(1);
    assertThat(missing("?")).hasToString("csv with ? for missing values");
    assertThatThrownBy(() -> csv(file("a\n1\n"), text("b")))
        .hasMessageContaining("text expects a column of a but receives b");
    assertThatThrownBy(() -> csv("cars.csv", null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> missing()).hasMessageContaining("receives none");
    assertThatThrownBy(() -> missing((String) null)).hasMessageContaining("receives null");
  }

  @Test
  void moreColumnsAndLongerTextsThanTablesawTakesAreRead() throws IOException {
    String names = IntStream.range(0, 20_000).mapToObj(i -> "g" + i).collect(joining(","));
    String cells = IntStream.range(0, 20_000).mapToObj(i -> "1").collect(joining(","));
    assertThat(csv(file(names + "\n" + cells + "\n")).columnCount()).isEqualTo(20_000);
    assertThat(csv(file("a,b\n1," + "x".repeat(100_000))).getString(0, "b")).hasSize(100_000);
    String huge = file("a,b\n1," + "x".repeat(1_000_001));
    assertThatThrownBy(() -> csv(huge))
        .hasMessageContaining("1,000,000 characters in a cell")
        .satisfies(e -> assertThat(e.getCause().getMessage()).hasSizeLessThan(10_000));
  }

  @Test
  void anInterruptStopsTheReading() throws IOException {
    String file = file("a,b\n1,2\n");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> csv(file)).isInstanceOf(DataException.Interrupted.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Whatever is in a file, a reader gets a table or a sentence. */
  @Property(tries = 500)
  void anyFileIsATableOrIsRefusedInWords(
      @ForAll @CharRange(from = ' ', to = '~') @Chars({'\n', ',', ';', '"', '\t', '1', '\u00e9'})
          String content)
      throws IOException {
    Path file = Files.createTempFile("any", ".csv");
    try {
      Files.writeString(file, content);
      assertThat(csv(file.toString()).rowCount()).isPositive();
    } catch (DataException e) {
      assertThat(e).hasMessageStartingWith("csv ").hasMessageEndingWith(".");
    } finally {
      Files.delete(file);
    }
  }
}
