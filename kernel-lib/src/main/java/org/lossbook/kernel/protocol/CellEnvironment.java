package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.HistoryReply;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellFailure;

/**
 * Sends the replies to one request. The base class names an error by the Java class that reached
 * it; here it has the name of the exception in the cell. A silent request shows nothing.
 *
 * @hidden
 */
@Internal
public final class CellEnvironment extends ShellReplyEnvironment {
  private CellFailure failure;
  private int count;
  private boolean silent;

  public CellEnvironment(
      ShellChannel shell, StdinChannel stdin, JupyterSocket iopub, MessageContext context) {
    super(shell, stdin, iopub, context);
  }

  public void silence() {
    silent = true;
  }

  /** Stores the cell's failure before the base class reports it. */
  public void failsWith(CellFailure failure, int count) {
    this.failure = failure;
    this.count = count;
  }

  public boolean hasFailed() {
    return failure != null;
  }

  @Override
  public <T extends ContentType<T>> void publish(T content) {
    boolean hidden =
        silent
            && (content instanceof PublishExecuteInput || content instanceof PublishExecuteResult);
    if (hidden) {
      return;
    }
    if (failure != null && content instanceof PublishError error) {
      var named = new PublishError(failure.name(), failure.text(), error.getStacktrace());
      super.publish(named);
    } else {
      super.publish(content);
    }
  }

  @Override
  public <T extends ContentType<T>> void reply(T content) {
    if (content instanceof HistoryReply history) {
      reply(HistoryAnswer.to(getContext(), history));
    } else {
      super.reply(content);
    }
  }

  @Override
  public void replyError(MessageType<?> type, ErrorReply error) {
    if (failure == null) {
      super.replyError(type, error);
      return;
    }
    var named = new ErrorReply(failure.name(), failure.text(), failure.lines());
    named.setExecutionCount(count);
    super.replyError(type, named);
  }
}
