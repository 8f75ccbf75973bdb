package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * As much of IJava as the library looks for, and nothing of the library: a class of that name on
 * IJava's base, a JShell in this process, and {@code %jars}.
 */
public final class Kernel extends BaseKernel {
  private static Kernel running;

  private final JShell shell =
      JShell.builder()
          .executionEngine(new InThisProcess(), Map.of())
          .out(System.out)
          .err(System.err)
          .build();
  private Object value;

  public static Kernel getKernelInstance() {
    return running;
  }

  public static void main(String[] args) throws Exception {
    running = new Kernel();
    var properties = KernelConnectionProperties.parse(Files.readString(Path.of(args[0])));
    var connection = new JupyterConnection(properties);
    running.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java").build();
  }

  @Override
  public DisplayData eval(String cell) {
    if (cell.startsWith("%jars ")) {
      shell.addToClasspath(cell.substring("%jars ".length()));
      return null;
    }
    var rest = shell.sourceCodeAnalysis().analyzeCompletion(cell);
    while (rest.completeness().isComplete()) {
      value = null;
      for (SnippetEvent event : shell.eval(rest.source())) {
        if (event.exception() != null) {
          throw new IllegalStateException(event.exception());
        }
        shell
            .diagnostics(event.snippet())
            .forEach(
                problem -> {
                  throw new IllegalArgumentException(problem.getMessage(null));
                });
      }
      rest = shell.sourceCodeAnalysis().analyzeCompletion(rest.remaining());
    }
    return value == null ? null : getRenderer().render(value);
  }

  private final class InThisProcess implements ExecutionControlProvider {
    @Override
    public String name() {
      return "in this process";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return new DirectExecutionControl() {
        @Override
        protected String invoke(Method snippet) throws Exception {
          value = snippet.invoke(null);
          return "";
        }
      };
    }
  }
}
