package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import org.lossbook.kernel.cell.CellRunner;
import org.lossbook.kernel.cell.CompilerOptions;

/** The magic {@code %options}. */
final class OptionMagics {
  private static final Pattern OF_THE_JVM =
      Pattern.compile(
          "-(X(?!lint|doclint|maxerrs|maxwarns|diags|pkginfo|plugin|prefer|stdout).*"
              + "|D.*|[ed]a.*|enableassertions.*|javaagent.*|agentlib.*)"
              + "|--(add-opens|enable-native-access).*");

  private static final String PREVIEW = "--enable-preview";

  private final Supplier<CellRunner> runner;
  private final Consumer<List<String>> restart;

  /**
   * @param restart compiles with these options from now on, and has no declarations yet
   */
  OptionMagics(Supplier<CellRunner> runner, Consumer<List<String>> restart) {
    this.runner = runner;
    this.restart = restart;
  }

  List<Magic> magics() {
    return List.of(
        Magic.line(
            "options",
            "[option …]",
            "options of javac for all cells, in the first of them, such as --enable-preview",
            this::options));
  }

  private Object options(MagicCall call) {
    List<String> words = call.words();
    if (words.isEmpty()) {
      System.out.println("Compiler: " + String.join(" ", runner.get().options()));
      List<String> jvm = ManagementFactory.getRuntimeMXBean().getInputArguments();
      System.out.println("JVM: " + String.join(" ", jvm));
      return null;
    }
    List<String> ofJvm = words.stream().filter(each -> OF_THE_JVM.matcher(each).matches()).toList();
    if (!ofJvm.isEmpty()) {
      throw wrong(
          "%s expects options of javac, but the JVM has %s, which it takes when it starts:"
              + " set LOSSBOOK_JVM_OPTS=\"%s\" before Jupyter starts, or under \"env\" in kernel.json.",
          call.magic(), String.join(" ", ofJvm), String.join(" ", ofJvm));
    }
    List<String> all = CompilerOptions.with(call.magic(), words);
    List<String> jvm = ManagementFactory.getRuntimeMXBean().getInputArguments();
    if (words.contains(PREVIEW) && !jvm.contains(PREVIEW)) {
      throw wrong(
          "%s --enable-preview expects a JVM with it: set LOSSBOOK_JVM_OPTS=--enable-preview before"
              + " Jupyter starts, or under \"env\" in kernel.json.",
          call.magic());
    }
    if (all.equals(runner.get().options())) {
      return null; // the cell ran before
    }
    List<String> declared = declared();
    if (!declared.isEmpty()) {
      throw wrong(
          "%s expects to come before the first declaration, because the compiler takes options when"
              + " it starts, but cells have declared %s: restart the kernel, and run %s first.",
          call.magic(), String.join(", ", declared), call.magic());
    }
    List<String> imports = imports();
    restart.accept(all);
    for (String each : imports) {
      try {
        runner.get().run(0, each);
      } catch (Exception e) {
        throw new IllegalStateException(call.magic() + ": " + e.getMessage(), e);
      }
    }
    return null;
  }

  private List<String> declared() {
    var names = new ArrayList<String>();
    CellRunner cells = runner.get();
    cells
        .shell()
        .snippets()
        .filter(each -> cells.cellOf(each) > 0 && cells.shell().status(each).isActive())
        .filter(each -> each.kind() != Snippet.Kind.IMPORT)
        .filter(each -> each instanceof PersistentSnippet)
        .map(each -> ((PersistentSnippet) each).name())
        .filter(name -> !name.startsWith("$"))
        .distinct()
        .limit(5)
        .forEach(names::add);
    return names;
  }

  private List<String> imports() {
    CellRunner cells = runner.get();
    return cells
        .shell()
        .imports()
        .filter(each -> cells.cellOf(each) > 0 && cells.shell().status(each).isActive())
        .map(Snippet::source)
        .toList();
  }
}
