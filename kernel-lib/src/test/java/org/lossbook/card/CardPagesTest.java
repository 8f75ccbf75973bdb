package org.lossbook.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.Lossbook;

/** The pages that {@code ./lossbook cards DIR} writes. */
class CardPagesTest {
  @TempDir static Path folder;
  private static int count;

  @BeforeAll
  static void write() throws IOException {
    count = CardPages.write(Lossbook.class, folder);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }

  @Test
  void everyCardHasAPageThatTheIndexLinksTo() throws IOException {
    String index = Files.readString(folder.resolve("index.html"));
    Matcher link = Pattern.compile("<dt><a href=\"([^\"]+)\">").matcher(index);
    int links = 0;
    while (link.find()) {
      assertThat(folder.resolve(link.group(1))).exists();
      links++;
    }
    assertThat(links).isEqualTo(count).isGreaterThan(240);
    assertThat(pages()).hasSize(count + 1);
    assertThat(index)
        .contains("losses/mse.html", "metrics/falsePositives.html", "layers/lstmCell.html")
        .contains("optimizers/adam.html", "activations/gelu.html");
  }

  @Test
  void pagesAskNoOtherServerForAnything() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page))
          .as(page.toString())
          .startsWith("<!DOCTYPE html>")
          .doesNotContainPattern("(src|link[^>]* href)=\"http")
          .doesNotContain("@import", "<merror>", "\\(", "$$", "{@");
    }
  }

  @Test
  void madeAgainACardIsTheSame() throws IOException {
    assertThat(Files.readString(folder.resolve("losses/mse.html")))
        .contains(Card.card(Lossbook.mse()).html());
  }
}
