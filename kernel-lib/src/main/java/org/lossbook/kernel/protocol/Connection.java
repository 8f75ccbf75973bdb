package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.MessageContext;
import java.security.GeneralSecurityException;
import org.lossbook.Internal;
import org.zeromq.ZMQ;

/**
 * A Jupyter connection that exposes the base class's channels and environments.
 *
 * @hidden
 */
@Internal
public final class Connection extends JupyterConnection {
  public Connection(KernelConnectionProperties properties) throws GeneralSecurityException {
    super(properties);
    // A slow reader makes the cell wait; the default is to drop messages.
    iopub.setXpubNoDrop(true);
  }

  public StdinChannel stdin() {
    return stdin;
  }

  /** Whether further requests are waiting. */
  public boolean hasRequests() {
    return (shell.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
    return new CellEnvironment(channel, stdin, iopub, context);
  }
}
