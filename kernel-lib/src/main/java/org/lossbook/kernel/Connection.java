package org.lossbook.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.MessageContext;
import java.security.GeneralSecurityException;
import org.zeromq.ZMQ;

/** The base's connection, with what it keeps from others: its channels and its environments. */
final class Connection extends JupyterConnection {
  Connection(KernelConnectionProperties properties) throws GeneralSecurityException {
    super(properties);
    // A reader that is slower than the cell makes the cell wait; the default is to drop messages.
    iopub.setXpubNoDrop(true);
  }

  StdinChannel stdin() {
    return stdin;
  }

  /** Whether requests wait that were sent while another was served. */
  boolean hasRequests() {
    return (shell.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
    return new CellEnvironment(channel, stdin, iopub, context);
  }
}
