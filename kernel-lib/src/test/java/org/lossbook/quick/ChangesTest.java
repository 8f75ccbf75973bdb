package org.lossbook.quick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has changed is what git says, wherever a change stands between an editor and a commit. */
class ChangesTest {
  @TempDir Path folder;

  @Test
  void aChangeIsFoundCommittedStagedEditedNewDeletedAndRenamed() throws Exception {
    git("init", "-q", "-b", "main");
    for (String file : List.of("same", "committed", "staged", "edited", "deleted", "old name")) {
      Files.writeString(folder.resolve(file), file);
    }
    Files.writeString(folder.resolve(".gitignore"), "ignored\n");
    commit();
    git("checkout", "-q", "-b", "work");
    for (String file : List.of("committed", "staged", "edited", "ignored", "new ü")) {
      Files.writeString(folder.resolve(file), "now");
      if (file.equals("committed")) {
        commit();
      } else if (file.equals("staged")) {
        git("add", "staged");
      }
    }
    git("rm", "-q", "deleted");
    git("mv", "old name", "new name");
    String[] edits = {"deleted", "edited", "new name", "new ü", "old name", "staged"};

    assertThat(Changes.of(folder, Optional.empty()).since()).isEqualTo("main");
    assertThat(Changes.of(folder, Optional.empty()).paths())
        .contains("committed")
        .containsAll(List.of(edits))
        .hasSize(7);
    assertThat(Changes.of(folder, Optional.of("HEAD")).paths()).containsExactly(edits);
    assertThatThrownBy(() -> Changes.of(folder, Optional.of("nowhere")))
        .hasMessage("git knows no commit nowhere: name a branch, a tag or HEAD~1");
  }

  @Test
  void commitsOfOthersOnMainAreNoChangesOfThisBranch() throws Exception {
    git("init", "-q", "-b", "main");
    Files.writeString(folder.resolve("a"), "a");
    commit();
    git("checkout", "-q", "-b", "work");
    git("checkout", "-q", "main");
    Files.writeString(folder.resolve("theirs"), "theirs");
    commit();
    git("checkout", "-q", "work");
    assertThat(Changes.of(folder, Optional.empty()).paths()).isEmpty();
  }

  @Test
  void whereGitKnowsNothingThereIsNothingToCompareWith() throws Exception {
    assertThatThrownBy(() -> Changes.of(folder, Optional.empty()))
        .hasMessageContaining("is no checkout of git: run ./lossbook test");
    git("init", "-q");
    assertThatThrownBy(() -> Changes.of(folder, Optional.empty()))
        .hasMessage("there is no commit yet: commit, or run ./lossbook test");
  }

  private void commit() throws Exception {
    git("add", "--all");
    git("-c", "user.name=A", "-c", "user.email=a@b.org", "commit", "-q", "-m", "A change");
  }

  private void git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(words));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
