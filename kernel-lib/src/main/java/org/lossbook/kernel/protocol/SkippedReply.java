package org.lossbook.kernel.protocol;

import com.google.gson.annotations.SerializedName;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import org.lossbook.Internal;

/**
 * The reply that a cell did not run because an earlier one failed, which the base class lacks.
 *
 * @hidden
 */
@Internal
public final class SkippedReply implements ContentType<ExecuteReply> {
  // Read by the JSON writer.
  @SuppressWarnings("unused")
  private final String status = "aborted";

  @SuppressWarnings("unused")
  @SerializedName("execution_count")
  private final int count;

  private SkippedReply(int count) {
    this.count = count;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  public static Message<?> to(MessageContext request, int count) {
    var reply = new SkippedReply(count);
    return new Message(request, reply.getType(), reply);
  }

  @Override
  public MessageType<ExecuteReply> getType() {
    return MessageType.EXECUTE_REPLY;
  }
}
