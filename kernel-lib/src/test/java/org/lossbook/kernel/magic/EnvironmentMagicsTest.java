package org.lossbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentMagicsTest {
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Environment environment = new Environment();
  private final Magics magics = new Magics(code -> code);
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void begin() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("my data"));
    for (var each :
        List.of(
            new EnvironmentMagics(environment).magics(),
            new ShellMagics(environment).magics(),
            new FileMagics(environment).magics(),
            new ClasspathMagics(environment, path -> {}).magics())) {
      each.forEach(magics::register);
    }
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void end() {
    System.setOut(out);
  }

  private String run(String name, String line) {
    printed.reset();
    magics.line(name, line);
    return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private List<String> commandPrints(String command) {
    return magics.line("sx", command);
  }

  @Test
  void aVariableIsSetForCommandsAndNotForTheJvm() {
    assertThat(run("env", "LOSSBOOK_GREETING=good morning"))
        .isEqualTo(
            "env: LOSSBOOK_GREETING=good morning\nCommands that cells start get it;"
                + " System.getenv keeps what the kernel was started with.\n");
    assertThat(commandPrints("echo " + named("LOSSBOOK_GREETING"))).containsExactly("good morning");
    assertThat(magics.<String>line("env", "LOSSBOOK_GREETING")).isEqualTo("good morning");
    assertThat(System.getenv("LOSSBOOK_GREETING")).isNull();
  }

  private static String named(String variable) {
    return File.separatorChar == '\\' ? "%" + variable + "%" : "$" + variable;
  }

  @Test
  void aVariableIsWrittenAsInIpythonOrInAShell() {
    for (String line : List.of("A_B=1 2", "A_B 1 2", "A_B = 1 2", "A_B=\"1 2\"", "A_B='1 2';")) {
      run("env", line);
      assertThat(magics.<String>line("env", "A_B")).as(line).isEqualTo("1 2");
    }
    run("env", "A_B=");
    assertThat(magics.<String>line("env", "A_B")).isEmpty();
    run("set_env", "A_B=x=y");
    assertThat(magics.<String>line("env", "A_B")).isEqualTo("x=y");
    run("env", "A_B='1' and '2'");
    assertThat(magics.<String>line("env", "A_B")).isEqualTo("'1' and '2'");
  }

  @Test
  void theListHasAllVariablesAndHidesSecrets() {
    run("env", "LOSSBOOK_PLACE=here");
    run("env", "LOSSBOOK_API_KEY=1234");
    assertThat(run("env", ""))
        .contains("\nPATH=", "\nLOSSBOOK_PLACE=here\n", "\nLOSSBOOK_API_KEY=<hidden>\n")
        .doesNotContain("1234");
  }

  @Test
  void aVariableThatIsNotThereIsNamed() {
    run("env", "Lossbook_Case=1");
    assertThatThrownBy(() -> run("env", "LOSSBOOK_NONE"))
        .hasMessage("%env finds no variable LOSSBOOK_NONE: %env LOSSBOOK_NONE=value sets it.");
    if (File.separatorChar == '/') { // Windows finds a name in any case
      assertThatThrownBy(() -> run("env", "LOSSBOOK_CASE"))
          .hasMessageStartingWith("%env finds no variable LOSSBOOK_CASE, but Lossbook_Case:");
    }
  }

  @Test
  void aFolderIsThatOfCommandsAndOfPathsInMagics() throws IOException {
    assertThat(run("cd", folder.toString()))
        .isEqualTo(
            folder
                + "\nCommands and magics begin here; a JVM cannot move, so paths in Java code still"
                + " begin in "
                + Path.of("").toAbsolutePath()
                + ".\n");
    assertThat(magics.<String>line("pwd", "")).isEqualTo(folder.toString());
    commandPrints("echo 1 > by-command.txt");
    magics.cell("writefile", "by-magic.jsh", "int written = 7;");
    Files.createFile(folder.resolve("some.jar"));
    assertThat(folder).isDirectoryContaining(each -> each.endsWith("by-command.txt"));
    assertThat(folder.resolve("by-magic.jsh")).hasContent("int written = 7;\n");
    run("load", "by-magic");
    assertThat(magics.<List<String>>line("jars", "*.jar"))
        .containsExactly(folder.resolve("some.jar").toString());
  }

  @Test
  void aFolderIsGivenAsInAShell() throws IOException {
    Files.createDirectory(folder.resolve("inner"));
    String start = Path.of("").toAbsolutePath().toString();
    run("cd", folder.toString());
    run("cd", "inner");
    assertThat(environment.folder()).isEqualTo(folder.resolve("inner"));
    run("cd", "..");
    assertThat(environment.folder()).isEqualTo(folder);
    run("cd", "-");
    assertThat(environment.folder()).isEqualTo(folder.resolve("inner"));
    run("cd", "");
    assertThat(environment.folder()).isEqualTo(Path.of(System.getProperty("user.home")));
    assertThat(run("cd", "\"" + start.replace("\\", "\\\\") + "\"")).isEqualTo(start + "\n");
  }

  @Test
  void whatIsNoFolderIsRefusedAndNothingMoves() throws IOException {
    Files.createFile(folder.resolve("a.txt"));
    run("cd", folder.toString());
    assertThatThrownBy(() -> run("cd", "missing"))
        .hasMessage(
            "%cd expects a folder but receives missing, which is not there: the path is taken from "
                + folder
                + ".");
    assertThatThrownBy(() -> run("cd", "a.txt"))
        .hasMessageStartingWith("%cd expects a folder but receives a.txt, a file:");
    assertThatThrownBy(() -> run("load", "missing"))
        .hasMessage("%load finds no file missing: the path is taken from " + folder + ".");
    assertThat(environment.folder()).isEqualTo(folder);
  }

  @Test
  void aFolderThatIsGoneIsNamed() throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    run("cd", gone.toString());
    Files.delete(gone);
    assertThatThrownBy(() -> commandPrints("echo 1"))
        .hasMessage("%sx cannot start in " + gone + ", which is gone: %cd chooses another folder.");
  }

  @Test
  void aCommandThatOnlyChangesItsOwnFolderIsAnsweredWithTheMagic() {
    assertThat(run("system", "cd .."))
        .isEqualTo("That folder ended with the command: %cd .. stays.\n");
    assertThat(run("system", "cd .. && echo 1")).isEqualTo("1\n");
  }
}
