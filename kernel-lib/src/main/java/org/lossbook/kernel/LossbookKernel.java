package org.lossbook.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellFailure;
import org.lossbook.kernel.cell.CellRunner;
import org.lossbook.kernel.cell.ErrorText;
import org.lossbook.kernel.cell.Startup;
import org.lossbook.kernel.help.Completion;
import org.lossbook.kernel.help.EnterKey;
import org.lossbook.kernel.help.Inspection;
import org.lossbook.kernel.help.SourceDocs;
import org.lossbook.kernel.magic.MagicCells;
import org.lossbook.kernel.magic.Magics;
import org.lossbook.kernel.protocol.Connection;
import org.lossbook.kernel.protocol.ConnectionFile;
import org.lossbook.notebook.Screen;
import org.lossbook.notebook.ijava.KernelScreen;

/**
 * The embedded kernel: JShell on IJava's base classes. Jupyter starts {@link #main} with the path
 * of a connection file.
 *
 * @hidden
 */
@Internal
public final class LossbookKernel extends BaseKernel implements Execution.Cells {
  /**
   * The argument, in place of a connection file, for a rehearsal: start, run some cells for a
   * client in the same process, and end.
   */
  public static final String REHEARSE = "--rehearse";

  private static volatile LossbookKernel running;

  private final Output output;
  private final Execution execution;
  private volatile CompletableFuture<CellRunner> cells;
  private final CellHistory history = new CellHistory();
  private final MagicCells magics = new MagicCells(this::cells, this::display, this::restart);
  private final SourceDocs sources = SourceDocs.ofThisProcess(magics::sources);
  private final LanguageInfo language =
      new LanguageInfo.Builder("Java")
          .version(Runtime.version().toString())
          .mimetype("text/x-java-source")
          .fileExtension(".jshell")
          .pygments("java")
          .codemirror("java")
          .build();

  private LossbookKernel(Connection connection, CompletableFuture<CellRunner> cells) {
    output = new Output(connection.getIOPub());
    var input = new CellInput(connection.stdin());
    execution = new Execution(connection, output, input, history, this);
    // The base class would send each printed line as a separate message.
    setShouldReplaceStdStreams(false);
    System.setOut(output.out);
    System.setErr(output.err);
    System.setIn(input);
    Screen.use(
        new KernelScreen(
            getRenderer(), this::display, data -> publish(new PublishUpdateDisplayData(data))));
    this.cells = cells;
  }

  /**
   * Serves Jupyter until shutdown.
   *
   * @param args the path of Jupyter's connection file
   */
  public static void main(String[] args) throws IOException {
    // Cells print 0.152 on every machine, as the course and other people's notebooks say.
    // Messages stay in the reader's language, and so does what a cell's own Locale calls print.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH);
    int status = JvmOptions.run(args);
    if (status >= 0) {
      System.exit(status);
    }
    try {
      serve(args);
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      Lifetime.failAtStart(e.getMessage());
    }
  }

  private static void serve(String... args) throws IOException, GeneralSecurityException {
    // First of all, because the first cell waits for it longer than for the connection.
    var cells = CompletableFuture.supplyAsync(Startup::run, Startup.thread());
    boolean rehearsal = args.length == 1 && args[0].equals(REHEARSE);
    var properties = rehearsal ? Rehearsal.properties() : ConnectionFile.read(args);
    var connection = new Connection(properties);
    var kernel = new LossbookKernel(connection, cells);
    running = kernel;
    kernel.becomeHandlerForConnection(connection);
    kernel.improve(connection);
    Lifetime.endWithParent();
    Lifetime.beforeEnd(kernel::leave);
    connection.connect();
    if (rehearsal) {
      Rehearsal.play(properties);
      System.exit(0);
    }
    connection.waitUntilClose();
    System.exit(0);
  }

  /** The kernel of this process; null if it is not a kernel. */
  static LossbookKernel running() {
    return running;
  }

  private void improve(Connection connection) {
    connection.setHandler(MessageType.EXECUTE_REQUEST, this::execute);
    connection.whenIdle(execution::idle);
    connection.setHandler(
        MessageType.KERNEL_INFO_REQUEST,
        (env, message) -> {
          env.setBusyDeferIdle();
          env.reply(new KernelInfo(language, getBanner()));
        });
  }

  private void execute(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    commManager.setMessageContext(message);
    execution.answer(env, message);
  }

  @Override
  public DisplayData eval(String code) throws CellFailure {
    return shown(() -> magics.run(execution.cell(), code));
  }

  @Override
  public DisplayData value(String code) throws CellFailure {
    DisplayData value = shown(() -> cells().value(execution.cell(), code));
    return value == null ? new DisplayData("null") : value;
  }

  private DisplayData shown(Callable<Object> code) throws CellFailure {
    try {
      CellFunctions.begin();
      cells();
      Startup.notices().forEach(System.err::println);
      Object value = code.call();
      return value == null || CellFunctions.isDisplay(value)
          ? null
          : cells().control().call(() -> show(value));
    } catch (CellFailure failure) {
      throw failure;
    } catch (Throwable thrown) {
      // Errors too, such as one of a toString().
      throw new ErrorText(cells.getNow(null), execution.cell()).thrown(thrown);
    } finally {
      output.flush();
    }
  }

  /** Evaluates {@code code}, like IJava's {@code eval}. */
  Object evaluate(String code) throws CellFailure {
    return magics.run(code);
  }

  Magics magics() {
    return magics.magics();
  }

  /** Publishes {@code content} in order, from any thread. */
  void publish(ContentType<?> content) {
    output.publish(content);
  }

  /** Begins anew with these options of the compiler. */
  private void restart(List<String> options) {
    cells = CompletableFuture.completedFuture(Startup.run(options));
  }

  private void display(String type, String text) {
    var data = new DisplayData();
    data.putData(type, text);
    display(data);
  }

  private CellRunner cells() {
    return cells.join();
  }

  private DisplayData show(Object value) {
    return value instanceof DisplayData data ? data : getRenderer().render(value);
  }

  @Override
  public ReplacementOptions complete(String code, int cursor) {
    int at = unit(code, cursor);
    var completion = new Completion(cells(), magics().names());
    ReplacementOptions found = completion.at(code, at);
    return new ReplacementOptions(
        found.getReplacements(),
        code.codePointCount(0, found.getSourceStart()),
        code.codePointCount(0, at));
  }

  @Override
  public DisplayData inspect(String code, int cursor, boolean extraDetail) {
    return new Inspection(cells(), sources).at(code, unit(code, cursor));
  }

  /** The position in Java's UTF-16 units of a cursor in Jupyter's code points. */
  private static int unit(String code, int cursor) {
    int points = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.max(0, Math.min(cursor, points)));
  }

  @Override
  public String isComplete(String code) {
    return new EnterKey(cells()).isComplete(code, IS_COMPLETE_YES, IS_COMPLETE_BAD);
  }

  @Override
  public void display(DisplayData data) {
    publish(new PublishDisplayData(data));
  }

  @Override
  public List<String> formatError(Exception e) {
    return e instanceof CellFailure failure ? failure.lines() : super.formatError(e);
  }

  @Override
  public HistoryManager getHistoryManager() {
    return history;
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return language;
  }

  @Override
  public String getBanner() {
    return "Java " + Runtime.version() + " with Lossbook";
  }

  @Override
  public void interrupt() {
    CellRunner shell = cells.getNow(null);
    if (shell != null) {
      shell.interrupt();
    }
  }

  /** Lets a cell that ends this process reply before. */
  private void leave() {
    CellRunner shell = cells.getNow(null);
    if (shell != null && execution.isRunning() && shell.leave()) {
      execution.leave();
    }
  }

  @Override
  public void onShutdown(boolean isRestarting) {
    Lifetime.endSoon();
    interrupt();
  }
}
