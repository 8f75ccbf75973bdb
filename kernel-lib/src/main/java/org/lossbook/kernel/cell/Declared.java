package org.lossbook.kernel.cell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What a snippet declares, by its syntax alone. */
final class Declared {
  private static final Pattern IMPORT =
      Pattern.compile("import\\s+(?:static\\s+)?[\\w$.\\s]*?([\\w$]+|\\*)\\s*;?\\s*");
  private static final Pattern VAR = Pattern.compile("\\bvar\\b(?=\\s+[\\w$]+\\s*[=:])");
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private Declared() {}

  /** The names that {@code source} declares; "*" for an import of all names of a package. */
  static Set<String> names(String source) {
    Matcher imported = IMPORT.matcher(source);
    if (imported.matches()) {
      return Set.of(imported.group(1));
    }
    Set<String> names = new LinkedHashSet<>();
    for (Tree member : members(source)) {
      if (member instanceof ClassTree type) {
        names.add(type.getSimpleName().toString());
      } else if (member instanceof MethodTree method) {
        names.add(method.getName().toString());
      } else if (member instanceof VariableTree variable) {
        names.add(variable.getName().toString());
      }
    }
    return names;
  }

  /** The names of the classes and methods that {@code source} declares. */
  static Set<String> typesAndMethods(String source) {
    return members(source).stream().anyMatch(VariableTree.class::isInstance)
        ? Set.of()
        : names(source);
  }

  /** Finds one of {@code names} in code; anything, if they have "*". */
  static Pattern mentions(Set<String> names) {
    return names.contains("*")
        ? Pattern.compile("")
        : Pattern.compile(
            names.stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\w$])(?:", ")(?![\\w$])")));
  }

  /** The declarations in {@code source}; none if it is anything else. */
  static List<? extends Tree> members(String source) {
    var problems = new DiagnosticCollector<JavaFileObject>();
    // A class's field cannot be var, but any other name parses; JShell adds a last semicolon.
    String fields = VAR.matcher(source).replaceAll("Var");
    var text = new Text("class Cell {" + fields + "\n;}");
    var task =
        (JavacTask)
            COMPILER.getTask(null, null, problems, List.of("-proc:none"), null, List.of(text));
    try {
      for (CompilationUnitTree unit : task.parse()) {
        boolean sound =
            problems.getDiagnostics().stream().noneMatch(Declared::isError)
                && unit.getTypeDecls().size() == 1;
        return sound ? ((ClassTree) unit.getTypeDecls().get(0)).getMembers() : List.of();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of();
  }

  private static boolean isError(Diagnostic<?> diagnostic) {
    return diagnostic.getKind() == Diagnostic.Kind.ERROR;
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String code;

    Text(String code) {
      super(URI.create("string:///Cell.java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
