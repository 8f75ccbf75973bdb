package org.lossbook.kernel.cell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
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
  private static final int FLAGS = Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS;

  /** Comments, annotations and modifiers. */
  private static final Pattern LEAD =
      Pattern.compile(
          "(?:\\s+|//[^\\n]*|/\\*.*?\\*/"
              + "|@(?!interface\\b)[\\w.]+(?:\\s*\\((?:[^()\"]|\"(?:\\\\.|[^\"\\\\])*\"|\\([^()]*\\))*\\))?"
              + "|(?:public|protected|private|static|final|abstract|sealed|non-sealed|strictfp)\\b)*+",
          FLAGS);

  private static final Pattern IMPORT =
      Pattern.compile("import\\s+(?:static\\s+)?[\\w$.\\s]*?([\\w$]+|\\*)\\s*;?\\s*", FLAGS);
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:class|interface|enum|@\\s*interface|record(?=\\s+[\\w$]+\\s*[(<]))\\s+([\\w$]+)",
          FLAGS);
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?!(?:return|throw|new|assert|yield|case|package|else|goto)\\b)"
              + "(?:<[^;{}()=]*?>\\s*)?[\\w$]+(?:[\\w$.]|<[^;{}()=]*>|\\s*\\[\\s*\\])*"
              + "(?:\\s+|(?<=[>\\]]))([\\w$]+)\\s*(\\(|=(?!=)|;|,|\\[|$)",
          FLAGS);
  private static final Pattern VAR = Pattern.compile("\\bvar\\b(?=\\s+[\\w$]+\\s*[=:])");
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private Declared() {}

  /** The names that {@code source} declares; "*" for an import of all names of a package. */
  static Set<String> names(String source) {
    String head = withoutLead(source);
    Matcher imported = IMPORT.matcher(head);
    if (imported.matches()) {
      return Set.of(imported.group(1));
    }
    Set<String> names = typesAndMethods(source);
    Matcher variable = MEMBER.matcher(head);
    if (!names.isEmpty() || !variable.lookingAt()) {
      return names;
    }
    // Only javac can tell which commas separate variables.
    return head.contains(",") ? variables(source) : Set.of(variable.group(1));
  }

  /** The name of the class or method that {@code source} declares. */
  static Set<String> typesAndMethods(String source) {
    String head = withoutLead(source);
    Matcher type = TYPE.matcher(head);
    if (type.lookingAt()) {
      return Set.of(type.group(1));
    }
    Matcher method = MEMBER.matcher(head);
    return method.lookingAt() && method.group(2).equals("(") ? Set.of(method.group(1)) : Set.of();
  }

  private static String withoutLead(String source) {
    Matcher lead = LEAD.matcher(source);
    return lead.lookingAt() ? source.substring(lead.end()) : source;
  }

  private static Set<String> variables(String source) {
    Set<String> names = new LinkedHashSet<>();
    for (Tree member : members(source)) {
      if (member instanceof VariableTree variable) {
        names.add(variable.getName().toString());
      }
    }
    return names;
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
