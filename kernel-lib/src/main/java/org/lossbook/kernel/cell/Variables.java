package org.lossbook.kernel.cell;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import jdk.jshell.VarSnippet;

/**
 * Keeps variables independent of the code that computed their first value. JShell compiles {@code
 * var pixel = scale(51);} again whenever {@code scale} changes, and when that fails the variable is
 * gone. So before a declaration is evaluated, each variable whose initializer mentions it is
 * declared again, as {@code double pixel;}, without running anything: for JShell alone, since its
 * class stays as it is.
 */
final class Variables {
  private static final Pattern FUNCTION =
      Pattern.compile(
          "=\\s*(?:\\([^()]*\\)|\\w+)\\s*->|=\\s*[\\w.<>\\[\\]]+\\s*::\\s*\\w+\\s*;?\\s*$");

  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final CellControl control;

  /** By name, the variables that JShell still ties to their initializers. */
  private final Map<String, VarSnippet> tied = new LinkedHashMap<>();

  /** By class, the code as it was compiled, for the lines of its lambdas. */
  private final Map<String, SnippetWrapper> untied = new ConcurrentHashMap<>();

  /** By name, the source of the variables whose initializer is a lambda or a method reference. */
  private final Map<String, String> functions = new LinkedHashMap<>();

  /** The classes of the variables that the snippet declares which is evaluated now. */
  private final Set<String> declaring = new HashSet<>();

  private final Set<String> unset = new HashSet<>();

  Variables(JShell shell, CellControl control) {
    this.shell = shell;
    this.analysis = shell.sourceCodeAnalysis();
    this.control = control;
  }

  /** Notes that {@code snippet} ran, to its end or not. */
  void ran(Snippet snippet, boolean completed) {
    if (snippet instanceof VarSnippet variable) {
      functions.remove(variable.name());
      if (FUNCTION.matcher(variable.source()).find()) {
        functions.put(variable.name(), variable.source());
      }
      unset.remove(variable.name());
      if (!completed) {
        unset.add(variable.name());
      }
      untied.remove(analysis.wrapper(snippet).fullClassName());
      if (variable.subKind() == SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND) {
        tied.put(variable.name(), variable);
      }
    }
  }

  /** Whether the cell that declares the variable {@code name} failed before it had a value. */
  boolean isUnset(String name) {
    return unset.contains(name);
  }

  /**
   * The lambdas in variables that use what only an earlier version of a cell has, by the variable's
   * name: the declaration. To evaluate it again changes nothing else.
   */
  Map<String, String> staleFunctions() {
    Map<String, String> stale = new LinkedHashMap<>();
    shell
        .variables()
        .filter(variable -> functions.containsKey(variable.name()))
        .forEach(
            variable -> {
              String holder = analysis.wrapper(variable).fullClassName();
              Object value = Adapted.original(control.value(holder, variable.name()));
              // Only if it is still the one that the initializer made.
              boolean own =
                  value != null
                      && CellNames.identities(CellNames.wrapperOf(value.getClass().getName()))
                          .equals(CellNames.identities(holder));
              if (own && control.isStale(value)) {
                stale.put(variable.name(), functions.get(variable.name()));
              }
            });
    return stale;
  }

  /** Leaves the function in the variable {@code name} as it is from now on. */
  void keepFunction(String name) {
    functions.remove(name);
  }

  /** Unties the variables whose initializers mention what {@code source} declares. */
  void untie(String source) {
    declaring.clear();
    Set<String> declared = Declared.names(source);
    shell
        .variables()
        .filter(variable -> declared.contains(variable.name()))
        .forEach(variable -> declaring.add(analysis.wrapper(variable).fullClassName()));
    Set<String> names = affected(declared);
    if (names.isEmpty()) {
      return;
    }
    Pattern any = Declared.mentions(names);
    for (VarSnippet each : List.copyOf(tied.values())) {
      if (any.matcher(each.source()).find()) {
        tied.remove(each.name());
        keep(each);
      }
    }
  }

  /** {@code declared}, and what uses them, directly or not. */
  private Set<String> affected(Set<String> declared) {
    Set<String> names = new LinkedHashSet<>(declared);
    List<DeclarationSnippet> users =
        Stream.of(shell.methods(), shell.types(), shell.variables())
            .flatMap(each -> each)
            .collect(Collectors.toList());
    boolean more = !names.isEmpty();
    while (more) {
      Pattern any = Declared.mentions(names);
      more = users.removeIf(each -> any.matcher(each.source()).find() && names.add(each.name()));
    }
    return names;
  }

  /**
   * Declares {@code variable} again without its initializer; its value stays.
   *
   * @return whether JShell has it now
   */
  boolean keep(VarSnippet variable) {
    SnippetWrapper compiled = analysis.wrapper(variable);
    String holder = compiled.fullClassName();
    Optional<String> type = type(holder, variable.name());
    if (type.isEmpty()) {
      return false;
    }
    String declaration = type.get() + " " + variable.name() + ";";
    boolean was = untied.putIfAbsent(holder, compiled) != null;
    SnippetEvent event = control.quietly(() -> shell.eval(declaration)).get(0);
    boolean kept =
        event.status().isDefined()
            && analysis.wrapper(event.snippet()).fullClassName().equals(holder);
    if (!kept && !was) {
      untied.remove(holder);
    }
    if (!event.status().isDefined()) {
      control.quietly(() -> shell.eval(variable.source()));
    }
    return kept;
  }

  /** Keeps the variables that JShell no longer has because of {@code events}. */
  void keepLost(List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      if (event.causeSnippet() != null
          && event.snippet() instanceof VarSnippet variable
          && event.previousStatus().isDefined()
          && (event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED
              || event.status() == Snippet.Status.REJECTED)) {
        tied.remove(variable.name());
        keep(variable);
      }
    }
  }

  private Optional<String> type(String holder, String name) {
    try {
      Field field = control.loaded(holder).getDeclaredField(name);
      return SourceType.of(field.getGenericType());
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  /** Whether the snippet that is evaluated now declares the variable of the class {@code name}. */
  boolean isDeclaring(String name) {
    return declaring.contains(name);
  }

  /** Whether only the fields of the class {@code name} are of use, since its code has run. */
  boolean holdsOnly(String name) {
    return untied.containsKey(name) && !declaring.contains(name);
  }

  /** {@code stack} with the frames of such classes as JShell would have translated them. */
  StackTraceElement[] translated(StackTraceElement[] stack) {
    StackTraceElement[] translated = stack.clone();
    for (int i = 0; i < stack.length; i++) {
      SnippetWrapper compiled = untied.get(CellNames.wrapperOf(stack[i].getClassName()));
      if (compiled != null) {
        translated[i] =
            new StackTraceElement(
                "",
                stack[i].getMethodName(),
                "#" + CellNames.identities(compiled.fullClassName()).get(0),
                line(compiled, stack[i].getLineNumber()));
      }
    }
    return translated;
  }

  /** The line of the snippet, from 1, that is line {@code line} of its class. */
  private static int line(SnippetWrapper compiled, int line) {
    String wrapped = compiled.wrapped();
    int at = 0;
    for (int i = 1; i < line && at >= 0; i++) {
      at = wrapped.indexOf('\n', at) + 1;
    }
    int end = wrapped.indexOf('\n', at);
    while (at < end) {
      int source = compiled.wrappedToSourcePosition(at);
      if (source >= 0
          && source < compiled.source().length()
          && compiled.sourceToWrappedPosition(source) == at) {
        return 1
            + (int) compiled.source().substring(0, source).chars().filter(c -> c == '\n').count();
      }
      at++;
    }
    return 1;
  }
}
