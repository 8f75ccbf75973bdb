package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellFailure;
import org.lossbook.kernel.cell.CellRunner;

/**
 * Runs cells with magics: their Java part by part, and each magic that is alone on its line in
 * between.
 *
 * @hidden
 */
@Internal
public final class MagicCells {
  private final Supplier<CellRunner> runner;
  private final Magics magics = new Magics(this::run);
  private final ClassPath entries;
  private final Environment environment = new Environment();
  private int cell;

  /**
   * @param runner what runs Java
   * @param show shows a text of a MIME type
   * @param restart replaces the runner by one with these options of the compiler
   */
  public MagicCells(
      Supplier<CellRunner> runner,
      BiConsumer<String, String> show,
      Consumer<List<String>> restart) {
    this.runner = runner;
    entries = new ClassPath(runner);
    register(new HelpMagics(magics).magics());
    register(new ClasspathMagics(environment, entries::add).magics());
    register(new MavenMagics(environment, entries::add).magics());
    register(new ShellMagics(environment).magics());
    register(new EnvironmentMagics(environment).magics());
    register(new FileMagics(environment).magics());
    register(new TimeMagics(job -> runner.get().call(job)).magics());
    register(new SessionMagics(runner).magics());
    Consumer<List<String>> anew = restart.andThen(options -> entries.addAgain());
    register(new OptionMagics(runner, anew).magics());
    register(DisplayMagics.magics(show));
  }

  private void register(List<Magic> those) {
    those.forEach(magics::register);
  }

  /** The source jars of the libraries that have a type with the simple name {@code type}. */
  public List<Path> sources(String type) {
    return entries.sources(type);
  }

  public Magics magics() {
    return magics;
  }

  /**
   * Runs {@code code} as cell number {@code cell}.
   *
   * @return the value of its last part; null if it has none
   */
  public Object run(int cell, String code) throws CellFailure {
    this.cell = cell;
    runner.get().begin();
    return run(code, code);
  }

  /** Runs {@code code} within the current cell. */
  public Object run(String code) throws CellFailure {
    return run(code, code);
  }

  /**
   * @param code what runs
   * @param shown the whole cell, of which {@code code} has the same lines or blank ones
   */
  private Object run(String code, String shown) throws CellFailure {
    CellText text = CellText.of(code, this::isVariable);
    var java = new JavaCode(text);
    Object last = null;
    int at = 0;
    for (CellText.Found each : text.magics()) {
      if (each.alone()) {
        java(java.of(at, each.from()), shown);
        last = magic(each, java, code, shown);
        at = each.to();
      }
    }
    String rest = java.of(at, code.length());
    boolean isCode = at == 0 || CellText.of(rest, name -> false).hasCode();
    return isCode ? java(rest, shown) : last;
  }

  private Object java(String code, String shown) throws CellFailure {
    return code.isBlank() ? null : runner.get().run(cell, code, shown);
  }

  private Object magic(CellText.Found found, JavaCode java, String code, String shown)
      throws CellFailure {
    try {
      String line = java.line(found);
      String body = code.substring(java.bodyAt(found), found.to());
      Magic magic = named(found);
      String text = magic.runs() == Magic.Runs.WORDS ? withValues(magic.written(), line) : line;
      MagicCall.Java within =
          part -> {
            int from = part == line ? found.lineAt() : part == body ? java.bodyAt(found) : -1;
            if (from < 0) {
              return run(part, part);
            }
            int to = part == line ? found.lineTo() : found.to();
            if (code.substring(from, to).contains("\\\n") && part == line) {
              return run(part, part); // its lines were joined
            }
            return run(JavaCode.blank(code.substring(0, from)) + code.substring(from, to), shown);
          };
      var call = new MagicCall(magic.written(), text, body, variables(magic, line, body), within);
      if (magic.runs() == Magic.Runs.JAVA) {
        return magic.code().run(call);
      }
      Object value = runner.get().call(() -> magic.code().run(call));
      return magic.shows() ? value : null;
    } catch (CellFailure failure) {
      throw failure;
    } catch (Throwable thrown) {
      throw runner.get().failed(cell, shown, found.from(), thrown);
    }
  }

  private Magic named(CellText.Found found) {
    return switch (found.kind()) {
      case SHELL -> magics.named("%system");
      case LINE -> magics.named("%" + found.name());
      case CELL -> magics.named("%%" + found.name());
      case CELL_TOO_LATE ->
          throw wrong(
              "%%%%%s takes the whole cell, so it is the cell's first line: begin a new cell with it.",
              found.name());
    };
  }

  /** {@code line} with the values of its expressions. */
  private String withValues(String magic, String line) {
    Matcher value = JavaCode.VALUE.matcher(line);
    var text = new StringBuilder();
    while (value.find()) {
      Object is;
      try {
        is = valueOf(value.group(1));
      } catch (CellFailure e) {
        throw wrong("%s finds no value for %s: %s", magic, value.group(), e.text());
      }
      if (is == null) {
        throw wrong("%s expects a value for %s but receives null.", magic, value.group());
      }
      value.appendReplacement(text, Matcher.quoteReplacement(is.toString()));
    }
    return value.appendTail(text).toString();
  }

  private Object valueOf(String expression) throws CellFailure {
    return runner.get().run(cell, expression, expression);
  }

  private Map<String, String> variables(Magic magic, String line, String body) throws CellFailure {
    Map<String, String> values = new TreeMap<>();
    if (magic.runs() == Magic.Runs.SHELL) {
      for (String name : JavaCode.variables(line + "\n" + body, this::isVariable)) {
        values.put(name, String.valueOf(valueOf(name)));
      }
    }
    return values;
  }

  private boolean isVariable(String name) {
    return runner.get().shell().variables().anyMatch(each -> each.name().equals(name));
  }
}
