package org.lossbook.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Calls JavaScript functions in Node, all of them in one process. */
public final class Node {
  private final StringBuilder calls = new StringBuilder();

  /** One more call; each argument is a number or an array of numbers. */
  public void call(String function, Object... arguments) {
    String list = Arrays.stream(arguments).map(Node::literal).collect(Collectors.joining(", "));
    calls.append("call(").append(function).append(", [").append(list).append("]);\n");
  }

  private static String literal(Object argument) {
    return argument instanceof double[] array ? Arrays.toString(array) : argument.toString();
  }

  /** The numbers that each call answered, one after the other, however they were nested. */
  public List<double[]> answers() {
    try {
      Path script = Files.createTempFile("calls", ".js");
      Path out = Files.createTempFile("answers", ".txt");
      Files.writeString(
          script,
          """
          'use strict';
          const lines = [];
          const call = (f, x) => lines.push(f(...x).flat(2).join(' '));
          %srequire('fs').writeFileSync(process.argv[2], lines.join('\\n'));
          """
              .formatted(calls));
      run(script, out);
      List<double[]> answers = new ArrayList<>();
      for (String line : Files.readAllLines(out)) {
        answers.add(Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray());
      }
      Files.delete(script);
      Files.delete(out);
      return answers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Path script, Path out) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder("node", script.toString(), out.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "The JavaScript of the formulas is tested in Node, and there is no node on the PATH:"
              + " install it (on Debian and Ubuntu: apt-get install nodejs).",
          e);
    }
    String said = new String(process.getInputStream().readAllBytes());
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("Node did not come to its end: " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
