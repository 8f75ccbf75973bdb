package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.of;

import java.util.List;
import java.util.stream.Collectors;

/** The magics that explain the others. */
final class HelpMagics {
  private static final String FUNCTIONS =
      """
      display(x)                shows x in the middle of a cell; updateDisplay(id, x) replaces display(x, id)
      render(x, "text/html")    what x is in a notebook
      eval("code")              runs code as a cell would
      Tab completes, Shift-Tab explains what the cursor is on, and a line such as %time? a magic.
      """;

  private final Magics magics;

  HelpMagics(Magics magics) {
    this.magics = magics;
  }

  List<Magic> magics() {
    return List.of(
        Magic.line("lsmagic", "", "lists all magics", call -> print(list())).orAs("magic"),
        Magic.line("help", "[magic]", "explains a magic, or all", this::help).orAs("quickref"));
  }

  private Object help(MagicCall call) {
    List<String> words = call.words();
    if (words.isEmpty()) {
      return print(list() + "\n" + FUNCTIONS);
    }
    String text = words.stream().map(this::about).collect(Collectors.joining("\n\n"));
    return print(text);
  }

  private String about(String word) {
    String name = word.replaceAll("^%+", "");
    List<Magic> named =
        magics.all().stream()
            .filter(each -> each.name().equals(name) || each.aliases().contains(name))
            .toList();
    if (named.isEmpty()) {
      magics.named("%" + name); // says which is near
    }
    return named.stream().map(HelpMagics::text).collect(Collectors.joining("\n"));
  }

  private static String text(Magic magic) {
    String also =
        magic.aliases().isEmpty() ? "" : "\n  also: " + String.join(", ", magic.aliases());
    return magic.synopsis() + "\n  " + magic.does() + also;
  }

  private String list() {
    int width = magics.all().stream().mapToInt(each -> each.synopsis().length()).max().orElse(0);
    int column = Math.min(width, 34);
    return magics.all().stream()
        .map(
            each ->
                each.synopsis().length() > column
                    ? each.synopsis() + "\n" + " ".repeat(column + 2) + each.does()
                    : of("%-" + column + "s  %s", each.synopsis(), each.does()))
        .collect(Collectors.joining("\n"));
  }

  private static Object print(String text) {
    System.out.println(text.stripTrailing());
    return null;
  }
}
