package org.lossbook.kernel.cell;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.lossbook.Internal;

/**
 * Compiles and runs cells with JShell in this process.
 *
 * @hidden
 */
@Internal
public final class CellRunner implements AutoCloseable {
  /** The statements that can return a value, which then ends the cell. */
  private static final Pattern RETURNS =
      Pattern.compile("(?:return|if|for|while|do|try|synchronized)\\b|\\{");

  private final List<String> options;
  private final CellControl control;
  private final JShell shell;
  private final Variables variables;
  private final SourceCodeAnalysis analysis;
  private final CellSplitter splitter;
  private final SourceMap places = new SourceMap();
  private volatile boolean interrupted;

  /**
   * @param options those of the compiler
   */
  CellRunner(List<String> options) {
    this.options = options;
    var libraries = new Libraries(CellRunner.class.getClassLoader());
    boolean plugins = options.stream().anyMatch(each -> each.startsWith("-Xplugin"));
    control = new CellControl(new CellLoader(libraries));
    shell =
        JShell.builder()
            .executionEngine(new ThisProcess(control), Map.of())
            .fileManager(files -> CompilerFiles.of(files, libraries, plugins))
            // javac's own default is the class path of this process, as it should be here.
            .compilerOptions(options.toArray(String[]::new))
            .build();
    analysis = shell.sourceCodeAnalysis();
    splitter = new CellSplitter(analysis);
    variables = new Variables(shell, control);
    control.watch(variables);
  }

  /**
   * Runs the snippets of a cell one after the other.
   *
   * @return the value of the last one; null if it has none
   * @throws CellFailure at the first snippet that does not compile or throws
   */
  public Object run(int cell, String code) throws CellFailure {
    begin();
    return run(cell, code, code);
  }

  /** Begins a cell: an interrupt before it does not end it. */
  public void begin() {
    interrupted = false;
    control.begin();
  }

  /** Runs {@code job} on the thread of cells, unless the cell was interrupted. */
  public <T> T call(Callable<T> job) throws Throwable {
    if (interrupted) {
      throw new CellInterrupted();
    }
    return control.call(job);
  }

  /**
   * Runs a cell that has begun, or a part of it, whose magics were made Java.
   *
   * @param code the Java; blank lines stand for what is not run
   * @param shown the cell as it was written, with the same lines: errors show these
   */
  public Object run(int cell, String code, String shown) throws CellFailure {
    List<WholeCell.Piece> pieces = splitter.pieces(cell, code, shown);
    var whole = new WholeCell(this, pieces);
    Object last = null;
    for (WholeCell.Piece piece : pieces) {
      if (!piece.complete()) {
        // Unbalanced brackets: javac says more precisely what is missing, and where.
        throw new ErrorText(this, cell).unfinished(piece.place(), piece.source());
      }
      if (interrupted) {
        throw new ErrorText(this, cell).thrown(new CellInterrupted());
      }
      last = whole.run(piece);
      if (last != null && RETURNS.matcher(piece.source()).lookingAt()) {
        return last;
      }
    }
    return last;
  }

  /** The failure of a magic, which stands at {@code at} in the cell {@code shown}. */
  public CellFailure failed(int cell, String shown, int at, Throwable thrown) {
    var place = new Place(cell, shown, shown, at);
    return new ErrorText(this, cell)
        .thrownByMagic(
            thrown instanceof InterruptedException ? new CellInterrupted() : thrown, place);
  }

  /** The value of {@code code}, which has to be one expression. */
  public Object value(int cell, String code) throws CellFailure {
    List<Snippet> snippets = analysis.sourceToSnippets(code);
    boolean isExpression =
        snippets.size() == 1
            && switch (snippets.get(0).kind()) {
              case EXPRESSION, ERRONEOUS -> true;
              case VAR -> snippets.get(0).subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
              default -> false;
            };
    if (!isExpression) {
      throw new ErrorText(this, cell)
          .thrown(new IllegalArgumentException("An expression is expected, not: " + code));
    }
    return run(cell, code);
  }

  /** Ends the current cell, whether it is running or being compiled. */
  public void interrupt() {
    interrupted = true;
    control.interruptSoon();
  }

  /** Ends a cell that is ending this process; false if none is. */
  public boolean leave() {
    return control.leave();
  }

  /**
   * Evaluates one snippet.
   *
   * @param replaced gets the snippets that this one replaces
   */
  List<SnippetEvent> evaluate(
      String source, Place place, Map<String, WholeCell.Replaced> replaced) {
    control.forget();
    variables.untie(source);
    List<SnippetEvent> events = shell.eval(source);
    control.settle();
    variables.keepLost(events);
    places.add(events, place, replaced);
    return events;
  }

  /** Ends a snippet of a cell that compiles: what it affects is as new as it can be. */
  void settled(List<SnippetEvent> events) {
    new Aftermath(this, variables).of(events);
  }

  /** The value of a snippet that was evaluated. */
  Object result(List<SnippetEvent> events, Place place) throws CellFailure {
    Object value = null;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() != null) {
        continue; // an older snippet that this one affects
      }
      Throwable thrown = control.failure();
      boolean completed = event.exception() == null && thrown == null;
      variables.ran(event.snippet(), completed);
      if (!completed) {
        throw new ErrorText(this, place.cell()).thrown(thrown, event.exception());
      }
      value = valueOf(event);
    }
    control.forget();
    return value;
  }

  /** The first line of what javac says of {@code snippet}. */
  Optional<String> firstError(Snippet snippet) {
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .flatMap(each -> each.getMessage(Locale.ENGLISH).lines().limit(1))
        .findFirst();
  }

  CellFailure notCompiled(Snippet snippet, Place place) {
    return new ErrorText(this, place.cell()).notCompiled(snippet, place);
  }

  /** Brings back what snippets that do not compile have replaced. */
  void restore(Collection<WholeCell.Replaced> replaced) {
    for (WholeCell.Replaced each : replaced) {
      Snippet old = each.snippet();
      if (!(old instanceof VarSnippet variable)) {
        shell.eval(old.source());
      } else if (!variables.keep(variable)) {
        control.quietly(() -> shell.eval(old.source()));
      }
      if (each.place() != null) {
        places.set(old.id(), each.place());
      }
    }
  }

  /**
   * The value that is shown; like IJava, an expression's is, a declaration's or an assignment's is
   * not. A statement has the one that it returns.
   */
  private Object valueOf(SnippetEvent event) {
    return switch (event.snippet().subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND ->
          control.value(event.value());
      case STATEMENT_SUBKIND -> control.returned();
      default -> null;
    };
  }

  /** Where the lines of snippets are. */
  SourceMap places() {
    return places;
  }

  /**
   * The number of the cell that declared {@code snippet}; 0 for what every notebook begins with.
   */
  public int cellOf(Snippet snippet) {
    Place place = places.of(snippet.id());
    return place == null ? 0 : place.cell();
  }

  /** Whether the cell that declares the variable {@code name} failed before it had a value. */
  boolean isUnset(String name) {
    return variables.isUnset(name);
  }

  /** Prints the compiler's warnings, where the reader asked for them. */
  void warn(Snippet snippet, Place place) {
    if (options.stream().noneMatch(each -> each.startsWith("-Xlint"))) {
      return;
    }
    shell
        .diagnostics(snippet)
        .filter(each -> !each.isError() && each.getPosition() >= 0)
        .forEach(
            each ->
                System.err.println(
                    "line "
                        + place.lineAt((int) each.getPosition())
                        + " of this cell: "
                        + each.getMessage(Locale.ENGLISH)));
  }

  /** The options of the compiler. */
  public List<String> options() {
    return options;
  }

  public CellControl control() {
    return control;
  }

  public JShell shell() {
    return shell;
  }

  public SourceCodeAnalysis analysis() {
    return analysis;
  }

  /** The last snippet of {@code code}, complete or not. */
  public String lastSnippet(String code) {
    return splitter.last(code);
  }

  @Override
  public void close() {
    shell.close();
  }

  /** Gives JShell this kernel's execution control. */
  private record ThisProcess(ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "lossbook";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }
}
