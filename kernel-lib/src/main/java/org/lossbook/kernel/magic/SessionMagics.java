package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.lossbook.kernel.cell.CellRunner;

/** The magics that list what the cells declared, as the commands of the JShell tool do. */
final class SessionMagics {
  private static final List<String> COMMANDS =
      List.of("/vars", "/methods", "/types", "/imports", "/list");
  private static final int LONGEST = 100;

  private final Supplier<CellRunner> runner;

  SessionMagics(Supplier<CellRunner> runner) {
    this.runner = runner;
  }

  List<Magic> magics() {
    return List.of(
        Magic.line(
            "jshell",
            "/vars|/methods|/types|/imports|/list [name …]",
            "lists what the cells declared, as JShell's commands do",
            this::list),
        Magic.line("who", "[name …]", "lists the variables", call -> print(variables(call.words())))
            .orAs("whos"));
  }

  private Object list(MagicCall call) {
    List<String> words = call.words();
    String command = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
    List<String> possible =
        COMMANDS.stream()
            .filter(each -> command.length() > 1 && each.startsWith(slashed(command)))
            .toList();
    if (possible.size() != 1) {
      throw wrong(
          "%%jshell expects one of %s but receives %s.",
          String.join(", ", COMMANDS), command.isEmpty() ? "nothing" : words.get(0));
    }
    List<String> names = words.subList(1, words.size());
    JShell shell = runner.get().shell();
    return switch (possible.get(0)) {
      case "/vars" -> print(variables(names));
      case "/methods" -> print(lines(shell.methods(), names, MethodSnippet::name, this::method));
      case "/types" -> print(lines(shell.types(), names, TypeDeclSnippet::name, this::type));
      case "/imports" -> print(lines(shell.imports(), names, ImportSnippet::name, this::source));
      default -> print(snippets(names));
    };
  }

  private static String slashed(String command) {
    return command.startsWith("/") ? command : "/" + command;
  }

  private List<String> variables(List<String> names) {
    JShell shell = runner.get().shell();
    return lines(
        shell.variables().filter(each -> !each.name().startsWith("$") || !names.isEmpty()),
        names,
        VarSnippet::name,
        each -> each.typeName() + " " + each.name() + " = " + shortened(shell.varValue(each)));
  }

  private static <S extends Snippet> List<String> lines(
      Stream<S> all, List<String> names, Function<S, String> name, Function<S, String> text) {
    return all.filter(each -> names.isEmpty() || names.contains(name.apply(each)))
        .map(text)
        .toList();
  }

  private List<String> snippets(List<String> names) {
    var lines = new ArrayList<String>();
    CellRunner cells = runner.get();
    cells
        .shell()
        .snippets()
        .filter(each -> cells.cellOf(each) > 0)
        .filter(each -> cells.shell().status(each).isActive())
        .forEach(each -> lines.add("[" + cells.cellOf(each) + "] " + each.source().strip()));
    return names.isEmpty()
        ? lines
        : lines.stream().filter(line -> names.stream().anyMatch(line::contains)).toList();
  }

  private String method(MethodSnippet method) {
    String signature = method.signature();
    int result = signature.lastIndexOf(')') + 1;
    return signature.substring(result) + " " + method.name() + signature.substring(0, result);
  }

  private String type(TypeDeclSnippet type) {
    String kind =
        switch (type.subKind()) {
          case INTERFACE_SUBKIND -> "interface";
          case ENUM_SUBKIND -> "enum";
          case ANNOTATION_TYPE_SUBKIND -> "@interface";
          default -> type.subKind().name().startsWith("RECORD") ? "record" : "class";
        };
    return kind + " " + type.name();
  }

  private String source(Snippet each) {
    return each.source().strip();
  }

  private static String shortened(String value) {
    String line = value.replace("\n", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
  }

  private static Object print(List<String> lines) {
    System.out.println(lines.isEmpty() ? "There are none." : String.join("\n", lines));
    return null;
  }
}
