package org.lossbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager.ResultFlag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CellHistoryTest {
  private static final Set<ResultFlag> NONE = EnumSet.noneOf(ResultFlag.class);
  private final CellHistory history = new CellHistory();

  @BeforeEach
  void remember() {
    history.add(1, "int a = 1;");
    history.add(2, "a + 1");
    history.add(3, "a.b(1)");
    history.add(4, "a + 1");
  }

  @Test
  void theTailIsTheLatestCells() {
    assertThat(inputs(history.lookupTail(2, NONE))).containsExactly("a.b(1)", "a + 1");
    assertThat(history.lookupTail(0, NONE)).hasSize(4);
  }

  @Test
  void aRangeEndsBeforeItsStop() {
    assertThat(inputs(history.lookupRange(0, 2, 4, NONE))).containsExactly("a + 1", "a.b(1)");
    assertThat(history.lookupRange(-1, 1, 4, NONE)).isEmpty();
  }

  @Test
  void aSearchTakesGlobsAndNothingElse() {
    assertThat(inputs(history.search("a*1", 10, NONE))).containsExactly("a + 1", "a + 1");
    assertThat(inputs(history.search("a.b(?)", 10, NONE))).containsExactly("a.b(1)");
    assertThat(inputs(history.search("*[+]*", 1, NONE))).containsExactly("a + 1");
    assertThat(history.search("*[", 10, NONE)).isEmpty();
  }

  @Test
  void equalCellsAreOneWhereThatIsAskedFor() {
    assertThat(history.search("a + 1", 10, EnumSet.of(ResultFlag.UNIQUE)))
        .extracting(HistoryEntry::getCellNumber)
        .containsExactly(4);
  }

  private static List<String> inputs(List<HistoryEntry> entries) {
    return entries.stream().map(HistoryEntry::getInput).toList();
  }
}
