package org.lossbook.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lossbook.kernel.cell.CellExit;
import org.lossbook.kernel.cell.CellFailure;
import org.lossbook.kernel.protocol.CellReply;
import org.lossbook.kernel.protocol.Connection;
import org.lossbook.kernel.protocol.SkippedReply;

/** Answers requests to run a cell as ipykernel does. */
final class Execution {
  private static final long LEAVING_MILLIS = 2_000;

  private final Connection connection;
  private final Output output;
  private final CellInput input;
  private final CellHistory history;
  private final Cells cells;
  private final CountDownLatch left = new CountDownLatch(1);
  private int cell = 1;
  private int stored;
  private boolean skipping;
  private volatile boolean running;

  /** What runs the code. */
  interface Cells {
    /** The value of {@code code}, run as a cell, as a notebook shows it; null if it has none. */
    DisplayData eval(String code) throws CellFailure;

    /** The value of the expression {@code code}. */
    DisplayData value(String code) throws CellFailure;
  }

  Execution(
      Connection connection, Output output, CellInput input, CellHistory history, Cells cells) {
    this.connection = connection;
    this.output = output;
    this.input = input;
    this.history = history;
    this.cells = cells;
  }

  /** The number of the cell that runs, or ran last. */
  int cell() {
    return cell;
  }

  boolean isRunning() {
    return running;
  }

  void answer(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    env.setBusyDeferIdle();
    if (skipping) {
      // An earlier cell failed.
      env.reply(SkippedReply.to(message, stored + 1));
    } else {
      running = true;
      run(env, message);
      running = false;
    }
    skipping = skipping && connection.hasRequests();
  }

  /** Called when all requests are answered: what comes later was not sent with a failed cell. */
  void idle() {
    skipping = false;
  }

  private void run(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    ExecuteRequest request = message.getContent();
    output.answer(message);
    input.answer(message, request.isStdinEnabled());
    cell = stored + 1;
    if (!request.isSilent()) {
      env.publish(new PublishExecuteInput(request.getCode(), cell));
    }
    if (request.shouldStoreHistory() && !request.isSilent()) {
      history.add(cell, request.getCode());
      stored = cell;
    }
    try {
      DisplayData value = cells.eval(request.getCode());
      if (value != null && !request.isSilent()) {
        env.publish(new PublishExecuteResult(cell, value));
      }
      env.reply(CellReply.ok(stored, values(request.getUserExpr())).to(message));
    } catch (CellFailure failure) {
      if (failure.getCause() instanceof CellExit) {
        env.reply(CellReply.leaving(stored).to(message));
        env.resolveDeferrals();
        left.countDown();
        return;
      }
      env.publish(new PublishError(failure.name(), failure.text(), failure.lines()));
      env.reply(CellReply.failed(stored, failure).to(message));
      skipping = request.shouldStopOnError() && !request.isSilent();
    }
  }

  private Map<String, Object> values(Map<String, String> expressions) {
    var values = new LinkedHashMap<String, Object>();
    expressions.forEach((name, code) -> values.put(name, value(code)));
    return values;
  }

  private Object value(String code) {
    try {
      return CellReply.value(cells.value(code));
    } catch (CellFailure failure) {
      return CellReply.failure(failure);
    }
  }

  /** Waits until the reply of a cell that ends this process is sent. */
  void leave() {
    try {
      if (left.await(LEAVING_MILLIS, TimeUnit.MILLISECONDS)) {
        connection.close();
        connection.waitUntilClose();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
