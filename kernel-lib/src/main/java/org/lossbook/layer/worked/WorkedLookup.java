package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.formula.Numbers;

/**
 * An embedding: each whole number takes its row of a table.
 *
 * @hidden
 */
@Internal
public final class WorkedLookup {
  /** So many numbers of a row are written. */
  private static final int NUMBERS = 8;

  private WorkedLookup() {}

  /**
   * @param numbers of any shape
   * @param table {@code [words, width]}
   * @param maskZero whether 0 stands for padding
   */
  public static LayerSteps of(String title, Values numbers, Values table, boolean maskZero) {
    int words = table.shape()[0];
    int width = table.shape()[1];
    double[] result = new double[numbers.size() * width];
    List<List<String>> lines = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < numbers.size(); i++) {
      int word = word(numbers.get(i), words);
      taken.add(word);
      double[] row = Arrays.copyOfRange(table.toDoubles(), word * width, (word + 1) * width);
      System.arraycopy(row, 0, result, i * width, width);
      String padding = maskZero && word == 0 ? ", padding: later layers skip it" : "";
      lines.add(
          List.of(
              "y" + Numbers.subscript(Integer.toString(i + 1)),
              "row " + word + " of the table" + padding,
              written(row)));
    }
    var places = new Places(words, width);
    List<Grid> grids =
        places.isPicture()
            ? List.of(
                places.grid(
                    "the table: a row for each word", table::get, i -> taken.contains(i / width)))
            : List.of();
    int[] shape = Arrays.copyOf(numbers.shape(), numbers.rank() + 1);
    shape[numbers.rank()] = width;
    return new LayerSteps(title, grids, lines, Values.of(result, shape));
  }

  private static int word(double number, int words) {
    if (number != Math.rint(number) || number < 0 || number >= words) {
      throw Messages.wrong(
          "embedding.explain expects whole numbers from 0 to %d but receives %s: give one of them, or make the table larger.",
          words - 1, Numbers.text(number));
    }
    return (int) number;
  }

  private static String written(double... row) {
    return Arrays.stream(row)
            .limit(NUMBERS)
            .mapToObj(Numbers::text)
            .collect(Collectors.joining(", "))
        + (row.length > NUMBERS ? ", …" : "");
  }
}
