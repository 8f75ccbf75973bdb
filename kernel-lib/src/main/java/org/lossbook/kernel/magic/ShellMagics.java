package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.of;
import static org.lossbook.base.Messages.wrong;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The magics that run programs: {@code !command}, {@code %system}, {@code %%bash} and its kin. */
final class ShellMagics {
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final long GRACE_MILLIS = 500;
  private static final Pattern CHANGES_FOLDER = Pattern.compile("cd(\\s+[^\\s;&|]+)?");

  private final Environment environment;

  ShellMagics(Environment environment) {
    this.environment = environment;
  }

  List<Magic> magics() {
    var magics = new ArrayList<Magic>();
    magics.add(
        Magic.line(
                "system",
                "command",
                "runs a command and shows what it prints; also !command",
                this::show)
            .running(Magic.Runs.SHELL));
    magics.add(
        Magic.line(
                "sx", "command", "the lines that a command prints: var files = %sx ls", this::lines)
            .running(Magic.Runs.SHELL)
            .showing());
    for (String shell : WINDOWS ? List.of("cmd", "powershell", "bash") : List.of("bash", "sh")) {
      magics.add(
          Magic.cell(
                  shell,
                  "[argument …]",
                  "runs the cell in " + shell + " and shows what it prints",
                  call -> script(call, List.of(shell), call.words()))
              .running(Magic.Runs.SHELL));
    }
    magics.add(
        Magic.cell(
                "script",
                "program [argument …]",
                "runs the cell in any program that reads its input, such as python3",
                call -> script(call, call.someWords("a program, such as python3"), List.of()))
            .running(Magic.Runs.SHELL));
    return magics;
  }

  private Object show(MagicCall call) throws IOException, InterruptedException {
    int status = run(call.magic(), command(call), call.variables(), null, System.out::print);
    if (status != 0) {
      System.err.println(said("!" + call.line().strip(), status));
    } else if (CHANGES_FOLDER.matcher(call.line().strip()).matches()) {
      System.out.println("That folder ended with the command: %" + call.line().strip() + " stays.");
    }
    return null;
  }

  private Object lines(MagicCall call) throws IOException, InterruptedException {
    var printed = new StringBuffer();
    int status = run(call.magic(), command(call), call.variables(), null, printed::append);
    if (status != 0) {
      System.err.println(said("%sx " + call.line().strip(), status));
    }
    return printed.toString().lines().toList();
  }

  private static List<String> command(MagicCall call) {
    String command = call.line().strip();
    if (command.isEmpty()) {
      throw wrong("%s expects a command, such as %s ls.", call.magic(), call.magic());
    }
    return WINDOWS
        ? List.of("cmd", "/c", withValues(command, call.variables()))
        : List.of("sh", "-c", command);
  }

  private Object script(MagicCall call, List<String> program, List<String> arguments)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(program);
    if (!arguments.isEmpty()) {
      words.addAll(WINDOWS ? List.of() : List.of("-s", "--"));
      words.addAll(arguments);
    }
    int status = run(call.magic(), words, call.variables(), call.body(), System.out::print);
    if (status != 0) {
      throw new IllegalStateException(said(call.magic(), status));
    }
    return null;
  }

  private static String withValues(String command, Map<String, String> variables) {
    String text = command;
    for (var each : variables.entrySet()) {
      text = text.replace("${" + each.getKey() + "}", each.getValue());
    }
    return text;
  }

  /**
   * Runs a program until it ends or the cell is interrupted.
   *
   * @param input what it reads; null for nothing
   * @param out gets what it prints, while it runs
   * @return its exit status
   */
  private int run(
      String who,
      List<String> words,
      Map<String, String> variables,
      String input,
      Consumer<String> out)
      throws IOException, InterruptedException {
    ProcessBuilder builder = environment.builder(words);
    variables.forEach((name, value) -> builder.environment().putIfAbsent(name, value));
    if (input == null) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new File(WINDOWS ? "NUL" : "/dev/null")));
    }
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      if (!Files.isDirectory(environment.folder())) {
        throw wrong(
            "%s cannot start in %s, which is gone: %%cd chooses another folder.",
            who, environment.folder());
      }
      throw wrong("%s cannot start %s: is it installed?", who, words.get(0));
    }
    Thread printed = copy(process.getInputStream(), out);
    Thread complained = copy(process.getErrorStream(), System.err::print);
    try {
      if (input != null) {
        thread("command input", () -> write(process.getOutputStream(), input));
      }
      int status = process.waitFor();
      printed.join(GRACE_MILLIS); // a process in the background may keep the stream open
      complained.join(GRACE_MILLIS);
      return status;
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
  }

  private static String said(String who, int status) {
    String first = who.lines().findFirst().orElse(who);
    return status > 128 && !WINDOWS
        ? of("%s was ended by signal %d: exit status %d.", first, status - 128, status)
        : of("%s ended with exit status %d.", first, status);
  }

  private static void end(Process process) {
    List<ProcessHandle> all = process.descendants().collect(Collectors.toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    all.forEach(
        each -> {
          try {
            each.onExit().get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
          } catch (Exception e) {
            each.destroyForcibly();
          }
        });
  }

  private static void write(OutputStream to, String input) {
    try (to) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // the program ended before it had read all
    }
  }

  private static Thread copy(InputStream from, Consumer<String> to) {
    return thread(
        "command output",
        () -> {
          var text = new char[8192];
          try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            for (int n = reader.read(text); n >= 0; n = reader.read(text)) {
              to.accept(new String(text, 0, n));
            }
          } catch (IOException e) {
            // the program was ended
          }
        });
  }

  private static Thread thread(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
