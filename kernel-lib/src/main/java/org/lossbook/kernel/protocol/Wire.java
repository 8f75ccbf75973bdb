package org.lossbook.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.spencerpark.jupyter.kernel.ExpressionValue;
import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.KernelTimestamp;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.adapters.ExpressionValueAdapter;
import io.github.spencerpark.jupyter.messages.adapters.HeaderAdapter;
import io.github.spencerpark.jupyter.messages.adapters.HistoryEntryAdapter;
import io.github.spencerpark.jupyter.messages.adapters.HistoryRequestAdapter;
import io.github.spencerpark.jupyter.messages.adapters.KernelTimestampAdapter;
import io.github.spencerpark.jupyter.messages.adapters.MessageTypeAdapter;
import io.github.spencerpark.jupyter.messages.adapters.PublishStatusAdapter;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import io.github.spencerpark.jupyter.messages.request.HistoryRequest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lossbook.base.Messages;
import org.zeromq.ZMQ;

/**
 * Messages as frames: identities, a delimiter, a signature, four JSON objects (header, parent's
 * header, metadata, content), and binary data. Whatever the frames hold, reading ends with a
 * message or with {@link Rejected}; the base would wait for missing frames and end its loop at the
 * first wrong one.
 */
final class Wire {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int PARTS = 4;
  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapter(KernelTimestamp.class, KernelTimestampAdapter.INSTANCE)
          .registerTypeAdapter(Header.class, HeaderAdapter.INSTANCE)
          .registerTypeAdapter(MessageType.class, MessageTypeAdapter.INSTANCE)
          .registerTypeAdapter(PublishStatus.class, PublishStatusAdapter.INSTANCE)
          .registerTypeAdapter(HistoryRequest.class, HistoryRequestAdapter.INSTANCE)
          .registerTypeAdapter(HistoryEntry.class, HistoryEntryAdapter.INSTANCE)
          .registerTypeAdapter(ExpressionValue.class, ExpressionValueAdapter.INSTANCE)
          .create();

  private final Signatures signatures;

  Wire(Signatures signatures) {
    this.signatures = signatures;
  }

  /** A message with its own name for its type, which may be one that the base does not know. */
  record Received(Message<Object> message, String type, JsonObject content) {}

  /** All frames of the next message, which {@code socket} has. */
  static List<byte[]> receive(ZMQ.Socket socket) {
    var frames = new ArrayList<byte[]>();
    do {
      byte[] frame = socket.recv();
      if (frame == null) {
        return frames;
      }
      frames.add(frame);
    } while (socket.hasReceiveMore());
    return frames;
  }

  Received read(List<byte[]> frames) throws Rejected {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(DELIMITER, frames.get(delimiter))) {
      delimiter++;
    }
    if (delimiter == frames.size()) {
      throw new Rejected("it has no delimiter " + new String(DELIMITER, StandardCharsets.US_ASCII));
    }
    int first = delimiter + 2;
    if (frames.size() < first + PARTS) {
      throw new Rejected(
          Messages.of(
              "it has %d frames behind its delimiter, not a signature and %d objects",
              frames.size() - delimiter - 1, PARTS));
    }
    List<byte[]> parts = frames.subList(first, first + PARTS);
    signatures.check(frames.get(delimiter + 1), parts);
    JsonObject header = object("header", parts.get(0));
    object("parent header", parts.get(1));
    JsonObject metadata = object("metadata", parts.get(2));
    JsonObject content = object("content", parts.get(3));
    String type = text(header, "msg_type", null);
    MessageType<?> known = MessageType.getType(type);
    Requests.check(type, content);
    return new Received(
        new Message<>(
            List.copyOf(frames.subList(0, delimiter)),
            header(header, known),
            null,
            GSON.fromJson(metadata, new TypeToken<Map<String, Object>>() {}.getType()),
            known == MessageType.UNKNOWN ? content : content(content, known),
            List.copyOf(frames.subList(first + PARTS, frames.size()))),
        type,
        content);
  }

  @SuppressWarnings("unchecked")
  private static Header<Object> header(JsonObject header, MessageType<?> type) throws Rejected {
    String id = text(header, "msg_id", null);
    String username = text(header, "username", "");
    String session = text(header, "session", "");
    var date = new KernelTimestamp(text(header, "date", ""));
    String version = text(header, "version", Header.PROTOCOL_VERISON);
    return type == MessageType.UNKNOWN
        ? new NamedHeader(text(header, "msg_type", null), id, username, session, date)
        : new Header<>(id, username, session, date, (MessageType<Object>) type, version);
  }

  private static Object content(JsonObject content, MessageType<?> type) throws Rejected {
    try {
      return GSON.fromJson(content, type.getContentType());
    } catch (RuntimeException e) {
      throw new Rejected("its content does not fit the type " + type);
    }
  }

  private static JsonObject object(String what, byte[] json) throws Rejected {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      var reader = new JsonReader(new StringReader(text));
      // Otherwise a number that is too long would be taken as text.
      reader.setStrictness(Strictness.STRICT);
      JsonElement parsed = JsonParser.parseReader(reader);
      if (parsed.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
        return parsed.getAsJsonObject();
      }
    } catch (CharacterCodingException e) {
      throw new Rejected("its " + what + " is not UTF-8");
    } catch (JsonParseException | IOException e) {
      throw new Rejected("its " + what + " is not JSON");
    }
    throw new Rejected("its " + what + " is not a JSON object");
  }

  /** The text at {@code key}; {@code otherwise}, if that is not null, where there is none. */
  private static String text(JsonObject from, String key, String otherwise) throws Rejected {
    JsonElement found = from.get(key);
    boolean none = found == null || found.isJsonNull();
    if (none && otherwise != null) {
      return otherwise;
    }
    if (none || !found.isJsonPrimitive() || !found.getAsJsonPrimitive().isString()) {
      throw new Rejected("its header has no text as " + key);
    }
    return found.getAsString();
  }

  /** Sends {@code message}. */
  void send(ZMQ.Socket socket, Message<?> message) {
    List<byte[]> parts =
        List.of(
            header(message.getHeader()),
            message.hasParentHeader() ? header(message.getParentHeader()) : json(Map.of()),
            json(message.hasMetadata() ? message.getMetadata() : Map.of()),
            json(message.getContent()));
    var frames = new ArrayList<>(message.getIdentities());
    frames.add(DELIMITER);
    frames.add(signatures.of(parts).getBytes(StandardCharsets.US_ASCII));
    frames.addAll(parts);
    if (message.getBlobs() != null) {
      frames.addAll(message.getBlobs());
    }
    send(socket, frames);
  }

  static void send(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size() - 1; i++) {
      socket.sendMore(frames.get(i));
    }
    socket.send(frames.get(frames.size() - 1));
  }

  private static byte[] header(Header<?> header) {
    JsonObject json = GSON.toJsonTree(header, Header.class).getAsJsonObject();
    if (header instanceof NamedHeader named) {
      json.addProperty("msg_type", named.name());
    }
    return json(json);
  }

  private static byte[] json(Object value) {
    return GSON.toJson(value).getBytes(StandardCharsets.UTF_8);
  }
}
