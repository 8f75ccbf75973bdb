package org.lossbook.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.lossbook.base.Messages;

/**
 * A reader for the text of a file, with all line ends as {@code \n}. An invalid byte is refused
 * with its line, where Java would replace it by �.
 */
final class CsvText extends Reader {
  /** Marks the end of the text: a last line of its own, with a character that no text contains. */
  static final String END = "\uffff";

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final InputStream from;
  private final String file;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 14).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 14).flip();
  private boolean ended; // no more bytes
  private boolean done; // no more characters
  private int ending; // how many characters of the end were returned
  private boolean begun;
  private boolean afterReturn; // a \n that follows belongs to it
  private int line = 1;

  /**
   * Decodes these bytes.
   *
   * @param file the file name, for messages
   * @param charset the encoding; if empty, UTF-8, or UTF-16 if there is a byte order mark
   */
  CsvText(InputStream from, String file, Optional<Charset> charset) throws IOException {
    this.from = from;
    this.file = file;
    fill();
    decoder =
        charset
            .orElseGet(this::marked)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private Charset marked() {
    int first = bytes.remaining() < 2 ? 0 : bytes.getShort(bytes.position()) & 0xffff;
    return first == 0xfffe || first == 0xfeff ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  private void fill() throws IOException {
    bytes.compact();
    while (bytes.hasRemaining() && !ended) {
      int count = from.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      bytes.position(bytes.position() + Math.max(0, count));
    }
    bytes.flip();
  }

  @Override
  public int read(char[] into, int at, int length) throws IOException {
    int count = 0;
    while (count < length) {
      if (!chars.hasRemaining() && !decode()) {
        String end = "\n" + END;
        if (ending == end.length()) {
          break;
        }
        into[at + count++] = end.charAt(ending++);
        continue;
      }
      char c = chars.get();
      boolean belongs = afterReturn && c == '\n';
      afterReturn = c == '\r';
      if (!belongs && !(c == BYTE_ORDER_MARK && !begun)) {
        into[at + count++] = c == '\r' ? '\n' : checked(c);
        line += c == '\r' || c == '\n' ? 1 : 0;
      }
      begun = true;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private char checked(char c) {
    if (c == 0 || c == END.charAt(0)) {
      throw new CsvError(
              line,
              "a table as text",
              Messages.of("the character U+%04X, which is not text", (int) c),
              "give its encoding with csv(…, charset(\"UTF-16LE\")), or save it in UTF-8")
          .in(file);
    }
    return c;
  }

  /** Decodes more characters; false if there are none. */
  private boolean decode() throws IOException {
    while (!done) {
      chars.clear();
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (result.isUnderflow() && ended) {
        result = decoder.flush(chars);
        done = result.isUnderflow();
      }
      chars.flip();
      if (chars.hasRemaining()) {
        return true; // the error recurs once these have been read and their lines counted
      }
      if (result.isError()) {
        throw malformed();
      }
      if (!ended) {
        fill();
      }
    }
    return false;
  }

  private RuntimeException malformed() {
    String name = decoder.charset().name();
    String wide = "give its encoding with csv(…, charset(\"UTF-16LE\")), or save it in UTF-8";
    String old =
        "give its encoding with csv(…, charset(\"windows-1252\")), usual for Windows, or save"
            + " it in UTF-8";
    return new CsvError(
            line,
            "text in " + name,
            Messages.of("the byte %02X, which is invalid there", bytes.get(bytes.position())),
            !name.equals("UTF-8")
                ? "check which encoding it was saved in"
                : bytes.remaining() > 1 && bytes.get(bytes.position() + 1) == 0 ? wide : old)
        .in(file);
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
