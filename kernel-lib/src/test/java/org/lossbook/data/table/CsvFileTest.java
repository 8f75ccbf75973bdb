package org.lossbook.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.csv;
import static org.lossbook.Lossbook.table;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.DataException;

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
                + ", so give the path from there or from the root.");
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
  void whatIsNoTableIsRefusedWithWhatIsWrong() throws IOException {
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
