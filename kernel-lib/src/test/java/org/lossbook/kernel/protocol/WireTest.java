package org.lossbook.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spencerpark.jupyter.messages.request.CompleteRequest;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  private static final String HEADER =
      "{\"msg_id\": \"%s\", \"msg_type\": \"execute_request\", \"session\": \"s\"}";

  private Signatures signatures;
  private Wire wire;

  @BeforeEach
  void start() throws GeneralSecurityException {
    signatures = new Signatures("hmac-sha256", "the key", 3);
    wire = new Wire(new Signatures("hmac-sha256", "the key", 3));
  }

  @Test
  void whatIsLeftOutIsWhatIpykernelTakes() throws Rejected {
    var request = (ExecuteRequest) content(HEADER, "{\"code\": \"1\"}");
    assertThat(request.isSilent()).isFalse();
    assertThat(request.shouldStoreHistory()).isTrue();
    assertThat(request.shouldStopOnError()).isTrue();
    assertThat(request.isStdinEnabled()).isFalse();
    assertThat(request.getUserExpr()).isEmpty();
    var silent = (ExecuteRequest) content(HEADER, "{\"code\": \"1\", \"silent\": true}");
    assertThat(silent.shouldStoreHistory()).isFalse();
    var complete =
        (CompleteRequest)
            content(
                "{\"msg_id\": \"1\", \"msg_type\": \"complete_request\"}", "{\"code\": \"😀a\"}");
    assertThat(complete.getCursorPos()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "5",
        "[]",
        "{",
        "{} {}",
        "{'code': '1'}",
        "{}",
        "{\"code\": 5}",
        "{\"code\": null}",
        "{\"code\": \"1\", \"silent\": \"true\"}",
        "{\"code\": \"1\", \"user_expressions\": [1]}",
        "{\"code\": \"1\", \"user_expressions\": {\"a\": 1}}",
        "{\"code\": \"1\", \"allow_stdin\": {}}"
      })
  void contentThatIsNoRequestIsRejected(String content) {
    assertThatThrownBy(() -> content(HEADER, content)).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"msg_id\": \"1\"}",
        "{\"msg_type\": \"execute_request\"}",
        "{\"msg_id\": 1, \"msg_type\": \"execute_request\"}",
        "{\"msg_id\": \"1\", \"msg_type\": [\"execute_request\"]}",
        "{\"msg_id\": \"1\", \"msg_type\": \"execute_request\", \"version\": 5}"
      })
  void aHeaderWithoutIdOrTypeIsRejected(String header) {
    assertThatThrownBy(() -> content(header, "{\"code\": \"1\"}")).isInstanceOf(Rejected.class);
  }

  @Test
  void framesOfAnyKindAreReadOrRejected() {
    var random = new Random(1);
    List<byte[]> whole = frames(HEADER.formatted("x"), "{\"code\": \"1\"}");
    for (int trial = 0; trial < 2_000; trial++) {
      var frames = new ArrayList<>(whole);
      int at = random.nextInt(frames.size());
      switch (random.nextInt(4)) {
        case 0 -> frames.remove(at);
        case 1 -> frames.add(at, new byte[random.nextInt(3)]);
        case 2 -> frames.subList(at, frames.size()).clear();
        default -> {
          byte[] changed = frames.get(at).clone();
          changed[random.nextInt(changed.length)] += 1 + random.nextInt(255);
          frames.set(at, changed);
        }
      }
      try {
        wire.read(frames);
        assertThat(frames.indexOf(whole.get(1))).isPositive();
      } catch (Rejected e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("null");
      }
    }
  }

  @Test
  void aSignatureIsAcceptedOnceAndNotRememberedForEver() throws Rejected {
    List<byte[]> first = frames(HEADER.formatted(0), "{\"code\": \"1\"}");
    wire.read(first);
    assertThatThrownBy(() -> wire.read(first)).hasMessage("it was received before");
    for (int i = 1; i <= 3; i++) {
      wire.read(frames(HEADER.formatted(i), "{\"code\": \"1\"}"));
    }
    wire.read(first); // three later ones are remembered
  }

  @Test
  void aWrongSignatureIsNotRemembered() {
    List<byte[]> right = frames(HEADER.formatted(0), "{\"code\": \"1\"}");
    for (int i = 0; i < 5; i++) {
      var wrong = new ArrayList<>(right);
      wrong.set(2, ("0" + i).getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> wire.read(wrong)).hasMessage("its signature is wrong");
    }
    var unsigned = new ArrayList<>(right);
    unsigned.set(2, new byte[0]);
    assertThatThrownBy(() -> wire.read(unsigned)).hasMessage("it is not signed");
  }

  @Test
  void withoutAKeyNothingIsSigned() throws Exception {
    signatures = new Signatures("hmac-sha256", "", 3);
    wire = new Wire(signatures);
    assertThat(content(HEADER, "{\"code\": \"1\"}")).isInstanceOf(ExecuteRequest.class);
    assertThat(content(HEADER, "{\"code\": \"1\"}")).isInstanceOf(ExecuteRequest.class);
  }

  @Test
  void aFloodOfDroppedMessagesDoesNotFillTheLog() {
    var bytes = new ByteArrayOutputStream();
    var log = new DropLog(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    for (int i = 0; i < 1_000; i++) {
      log.drop("shell", new Rejected("it is noise\nof two lines"));
    }
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(100);
    assertThat(lines.get(0))
        .isEqualTo("Lossbook's kernel drops a message on the shell channel: it is noise");
    assertThat(lines.get(99)).endsWith("later ones are not logged");
  }

  private Object content(String header, String content) throws Rejected {
    return wire.read(frames(header, content)).message().getContent();
  }

  private List<byte[]> frames(String header, String content) {
    List<byte[]> parts = Stream.of(header, "{}", "{}", content).map(WireTest::bytes).toList();
    var frames = new ArrayList<byte[]>();
    frames.add(bytes("id"));
    frames.add(bytes("<IDS|MSG>"));
    frames.add(bytes(signatures.of(parts)));
    frames.addAll(parts);
    return frames;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
