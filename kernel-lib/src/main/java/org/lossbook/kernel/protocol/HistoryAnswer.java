package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.reply.HistoryReply;
import java.util.List;

/** A history reply as in Jupyter's protocol: with a status, and each entry as a list. */
final class HistoryAnswer implements ContentType<HistoryReply> {
  // Read by the JSON writer.
  @SuppressWarnings("unused")
  private final String status = "ok";

  @SuppressWarnings("unused")
  private final List<List<Object>> history;

  private HistoryAnswer(List<HistoryEntry> entries) {
    history = entries.stream().map(HistoryAnswer::list).toList();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static Message<?> to(MessageContext request, HistoryReply reply) {
    var answer = new HistoryAnswer(reply.getHistory());
    return new Message(request, answer.getType(), answer);
  }

  @Override
  public MessageType<HistoryReply> getType() {
    return MessageType.HISTORY_REPLY;
  }

  private static List<Object> list(HistoryEntry entry) {
    Object input =
        entry.hasOutput() ? List.of(entry.getInput(), entry.getOutput()) : entry.getInput();
    return List.of(entry.getSession(), entry.getCellNumber(), input);
  }
}
