package org.lossbook.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
  static Stream<Throwable> thrown() {
    return Stream.of(
        new IOException(),
        new IOException(" "),
        new EOFException(),
        new ZipException("invalid stored block lengths"),
        new StackOverflowError(),
        new ArithmeticException("integer overflow"),
        new NullPointerException(),
        new NoSuchFileException("/a"),
        new AccessDeniedException("/a"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void noReasonIsNullOrAJavaMessage(Throwable thrown) {
    assertThat(Reason.of(thrown))
        .isNotBlank()
        .doesNotContainIgnoringCase("null,", "overflow", "block lengths")
        .isNotEqualTo("null")
        .isNotEqualTo("/a");
  }

  @Test
  void messagesOfOtherLibrariesAreKept() {
    assertThat(Reason.of(new FileSystemException("/a", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(Reason.of(new IOException("the file ends too early")))
        .isEqualTo("the file ends too early");
    assertThat(Reason.of(new EOFException())).isEqualTo("it ends too early");
  }
}
