package org.lossbook.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.testing.Child;

/** What comes of nonsense, wherever a reader may write it. */
class EveryCallTest {
  @TempDir Path folder;

  /**
   * In a process of its own with a heap of 256 MB; one that dies has written down its last call.
   */
  @Test
  @Tag("slow")
  void everyCallWorksOrSaysInWordsWhatIsWrong() throws IOException {
    Child child = Child.run(EveryCall.class, folder, "256m");

    assertThat(child.lines().stream().filter(line -> line.startsWith("FAULT"))).isEmpty();
    // Its weights would have to be downloaded: PretrainedTest has files of its own.
    assertThat(
            child.lines().stream()
                .filter(line -> line.startsWith("NEVER A FACTORY "))
                .filter(line -> !line.contains("Lossbook.pretrained(")))
        .as("factories that no argument was right for, and so nothing of theirs was called")
        .isEmpty();
    assertThat(child.errors()).isEmpty();
    assertThat(child.status()).as("it died in " + lastCall()).isZero();
    assertThat(child.lines().get(child.lines().size() - 1)).startsWith("DONE");
  }

  private String lastCall() throws IOException {
    return Files.readString(folder.resolve(Watch.LAST), StandardCharsets.UTF_8).replace("\0", "");
  }

  /** The test itself: these are what it is there to find. */
  @TestFactory
  Stream<DynamicTest> whatIsNoErrorOfTheLibrarysFormIsFound() {
    return Stream.of(
            new NullPointerException(),
            new IndexOutOfBoundsException("Index 4 out of bounds for length 4"),
            new ArithmeticException("integer overflow"),
            new OutOfMemoryError("Java heap space"),
            new StackOverflowError(),
            new IllegalArgumentException("bad value"))
        .map(
            error ->
                DynamicTest.dynamicTest(
                    error.getClass().getSimpleName(),
                    () -> assertThat(Verdict.of(error)).isPresent()));
  }

  @Test
  void whatAReaderCanDoSomethingAboutIsNone() {
    for (Runnable call :
        List.<Runnable>of(
            () -> org.lossbook.Lossbook.dense(0), () -> org.lossbook.Lossbook.csv("missing.csv"))) {
      try {
        call.run();
        throw new AssertionError("it worked");
      } catch (RuntimeException e) {
        assertThat(Verdict.of(e)).isEmpty();
      }
    }
  }
}
