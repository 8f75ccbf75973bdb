package org.lossbook.kernel.cell;

import static org.lossbook.base.Messages.wrong;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.lossbook.Internal;

/**
 * The options with which cells are compiled. JShell takes them when it starts.
 *
 * @hidden
 */
@Internal
public final class CompilerOptions {
  /** The environment variable that holds further ones. */
  public static final String VARIABLE = "LOSSBOOK_COMPILER_OPTS";

  private static final List<String> ALWAYS = List.of("-parameters", "-g");
  private static final String PREVIEW = "--enable-preview";

  private CompilerOptions() {}

  /** The options in the environment. */
  public static List<String> ofEnvironment() {
    String value = System.getenv(VARIABLE);
    return value == null || value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
  }

  /**
   * All options for the compiler.
   *
   * @param further the reader's
   * @throws IllegalArgumentException if the compiler refuses them
   */
  public static List<String> with(String who, List<String> further) {
    var all = new ArrayList<>(further);
    if (all.contains(PREVIEW) && !all.contains("-source") && !all.contains("--release")) {
      all.addAll(List.of("-source", String.valueOf(Runtime.version().feature())));
    }
    check(who, all);
    all.addAll(0, ALWAYS);
    return all;
  }

  private static void check(String who, List<String> options) {
    if (options.isEmpty()) {
      return;
    }
    var nothing =
        new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return "class A {}";
          }
        };
    try {
      ToolProvider.getSystemJavaCompiler()
          .getTask(null, null, problem -> {}, options, null, List.of(nothing));
    } catch (IllegalArgumentException | IllegalStateException e) {
      String why = String.valueOf(e.getMessage()).replaceFirst("^error: ", "");
      throw wrong("%s expects options of javac, which refuses: %s.", who, why);
    }
  }
}
