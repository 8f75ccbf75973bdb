package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The magics {@code %env}, {@code %cd} and {@code %pwd}. */
final class EnvironmentMagics {
  private static final Pattern SETS =
      Pattern.compile("([^\\s=]+)(?:\\s*=\\s*|\\s+)(.*)", Pattern.DOTALL);

  /** A listing ends up in a notebook that others see. */
  private static final Pattern SECRET =
      Pattern.compile("key|token|secret|password", Pattern.CASE_INSENSITIVE);

  private final Environment environment;

  EnvironmentMagics(Environment environment) {
    this.environment = environment;
  }

  List<Magic> magics() {
    return List.of(
        Magic.line(
                "env",
                "[NAME | NAME=value]",
                "lists the environment variables, gives one, or sets it for commands",
                this::env)
            .showing()
            .orAs("set_env"),
        Magic.line(
            "cd",
            "[folder | -]",
            "changes the folder of commands and of the paths in magics; - goes back",
            this::enter),
        Magic.line("pwd", "", "the folder of commands", call -> environment.folder().toString())
            .showing());
  }

  private Object env(MagicCall call) {
    String line = call.line().strip().replaceFirst(";$", "");
    if (line.isEmpty()) {
      list();
      return null;
    }
    Matcher sets = SETS.matcher(line);
    return sets.matches() ? set(sets.group(1), unquoted(sets.group(2))) : value(call, line);
  }

  private void list() {
    environment
        .variables()
        .forEach(
            (name, value) -> {
              boolean hidden = SECRET.matcher(name).find();
              System.out.println(name + "=" + (hidden ? "<hidden>" : value));
            });
  }

  private Object value(MagicCall call, String name) {
    return environment
        .variable(name)
        .orElseThrow(
            () ->
                wrong(
                    "%s finds no variable %s%s: %%env %s=value sets it.",
                    call.magic(), name, inOtherCase(name), name));
  }

  private String inOtherCase(String name) {
    Optional<String> other =
        environment.variables().keySet().stream()
            .filter(each -> each.equalsIgnoreCase(name))
            .findFirst();
    return other.map(each -> ", but " + each).orElse("");
  }

  private Object set(String name, String value) {
    environment.set(name, value);
    System.out.println("env: " + name + "=" + value);
    if (!value.equals(System.getenv(name))) {
      System.out.println(
          "Commands that cells start get it; System.getenv keeps what the kernel was started with.");
    }
    return null;
  }

  /** Quotes around a whole value are the shell's, and not part of it. */
  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && "\"'".indexOf(value.charAt(0)) >= 0
            && value.indexOf(value.charAt(0), 1) == value.length() - 1;
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private Object enter(MagicCall call) {
    List<String> words = call.words();
    String name = words.isEmpty() ? "~" : String.join(" ", words);
    environment.enter(call.magic(), name.equals("-") ? environment.before().toString() : name);
    System.out.println(environment.folder());
    if (!environment.folder().equals(Environment.START)) {
      System.out.println(
          "Commands and magics begin here; a JVM cannot move, so paths in Java code still begin in "
              + Environment.START
              + ".");
    }
    return null;
  }
}
