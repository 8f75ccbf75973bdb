package org.lossbook.quick;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What git knows to be different from a commit: committed since, staged, edited, new or deleted.
 *
 * @param since the commit, in words
 * @param paths of the files below the checkout, sorted
 */
record Changes(String since, List<String> paths) {
  private static final List<String> UPSTREAM =
      List.of("@{upstream}", "origin/main", "origin/master", "main", "HEAD");

  /** Beside that commit, or where this branch left its upstream or main when none is named. */
  static Changes of(Path root, Optional<String> named) throws IOException {
    if (git(root, "rev-parse", "--is-inside-work-tree").isEmpty()) {
      throw new Refused(
          "test --quick asks git what has changed, but "
              + root
              + " is no checkout of git: run ./lossbook test");
    }
    String base =
        named
            .or(() -> UPSTREAM.stream().filter(name -> commit(root, name).isPresent()).findFirst())
            .orElseThrow(
                () -> new Refused("there is no commit yet: commit, or run ./lossbook test"));
    if (commit(root, base).isEmpty()) {
      throw new Refused("git knows no commit " + base + ": name a branch, a tag or HEAD~1");
    }
    String left = git(root, "merge-base", base, "HEAD").map(String::strip).orElse(base);
    TreeSet<String> paths = new TreeSet<>();
    paths.addAll(
        list(git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", left, "--")));
    paths.addAll(list(git(root, "ls-files", "--others", "--exclude-standard", "-z")));
    return new Changes(base, List.copyOf(paths));
  }

  private static Optional<String> commit(Path root, String name) {
    return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
  }

  private static List<String> list(Optional<String> separated) {
    String all = separated.orElseThrow(() -> new Refused("git cannot say what has changed"));
    return all.isEmpty() ? List.of() : List.of(all.split("\0"));
  }

  /** What it says; empty when it fails. */
  private static Optional<String> git(Path root, String... words) {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      throw new Refused("git does not start: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the user has to change, in one line. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
