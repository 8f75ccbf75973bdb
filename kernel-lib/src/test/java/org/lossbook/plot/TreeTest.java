package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.tree;

import org.junit.jupiter.api.Test;

class TreeTest {
  private static final Tree LOSSES =
      tree("How wrong is it?")
          .branch("a number", "mse", "mae")
          .branch(tree("a class").branch("of two", "logistic").branch("of many"));

  @Test
  void eachNameStandsUnderWhatItBelongsTo() {
    assertThat(LOSSES)
        .hasToString(
            """
            How wrong is it?
            ├ a number
            │ ├ mse
            │ └ mae
            └ a class
              ├ of two
              │ └ logistic
              └ of many""");
    assertThat(LOSSES.figure().alt())
        .isEqualTo(
            "A tree. How wrong is it? (a number (mse; mae); a class (of two (logistic); of many)).");
  }

  @Test
  void theDrawingHasEachNameOnceAndAColourForEachBranchWithLeaves() {
    Figure figure = LOSSES.figure();
    String svg = figure.svg().orElseThrow().replaceFirst("(?s)<title>.*?</title>", "");
    String drawn = svg.substring(svg.indexOf('>'));
    for (String name : new String[] {"How wrong is it?", "a number", "mse", "mae", "of many"}) {
      assertThat(drawn.split(">" + name.replace("?", "\\?") + "<", -1)).as(name).hasSize(2);
    }
    assertThat(figure.width()).isEqualTo(640);
    assertThat(tree("a").branch("b", "1", "2", "3").figure().height())
        .as("a row a leaf")
        .isGreaterThan(tree("a").branch("b", "1", "2").figure().height());
    assertThat(drawn).contains("fill:none;stroke:rgb(213,94,0)").contains("stroke:rgb(0,114,178)");
  }

  @Test
  void aBranchLeavesTheTreeThatItIsAddedToAsItWas() {
    Tree bare = tree("a");
    bare.branch("b");
    assertThat(bare).hasToString("a");
  }

  @Test
  void whatHasNoNameIsRefused() {
    assertThatThrownBy(() -> tree(" "))
        .hasMessage(
            "tree expects a name but receives a blank one: name what its branches have in common.");
    assertThatThrownBy(() -> tree(null)).hasMessageStartingWith("tree expects a name");
    assertThatThrownBy(() -> tree("a").branch((Tree) null))
        .hasMessageStartingWith("branch expects a tree but receives null");
    assertThatThrownBy(() -> tree("a").branch("b", (String[]) null))
        .hasMessageStartingWith("branch expects leaves but receives null");
    assertThatThrownBy(() -> tree("a").branch("b", "c", null))
        .hasMessageStartingWith("branch expects leaves but receives null");
  }
}
