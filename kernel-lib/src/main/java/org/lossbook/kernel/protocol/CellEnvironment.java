package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.reply.HistoryReply;
import org.lossbook.Internal;

/**
 * Sends the replies to one request.
 *
 * @hidden
 */
@Internal
public final class CellEnvironment extends ShellReplyEnvironment {
  public CellEnvironment(
      ShellChannel shell, StdinChannel stdin, JupyterSocket iopub, MessageContext context) {
    super(shell, stdin, iopub, context);
  }

  @Override
  public <T extends ContentType<T>> void reply(T content) {
    if (content instanceof HistoryReply history) {
      reply(HistoryAnswer.to(getContext(), history));
    } else {
      super.reply(content);
    }
  }
}
