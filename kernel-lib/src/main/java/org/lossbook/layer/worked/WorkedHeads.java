package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.lossbook.Internal;
import org.lossbook.data.Values;

/**
 * Attention of several heads: projections, attention in each head, and what joins the heads.
 *
 * @hidden
 */
@Internal
public final class WorkedHeads {
  private final int queryHeads;
  private final int keyHeads;
  private final WorkedScores worked;

  /**
   * A kernel and a bias that project for all heads.
   *
   * @param kernel {@code [inputs, heads, size]}
   * @param bias {@code [heads, size]}
   * @hidden
   */
  @Internal
  public record Projected(Values kernel, Optional<Values> bias) {}

  /**
   * @param keyHeads how many heads are asked, each by as many of those that ask
   * @param sees whether a step of the query sees a key
   */
  public WorkedHeads(int queryHeads, int keyHeads, BiPredicate<Integer, Integer> sees) {
    this.queryHeads = queryHeads;
    this.keyHeads = keyHeads;
    worked = new WorkedScores(sees);
  }

  /**
   * @param output the kernel {@code [heads, size, features]}
   * @param shape that of the result
   */
  public LayerSteps explain(
      String title,
      Values query,
      Values key,
      Values value,
      Projected toQuery,
      Projected toKey,
      Projected toValue,
      Projected output,
      int... shape) {
    double[][] joined = new double[query.shape()[0]][];
    Arrays.setAll(joined, i -> new double[0]);
    for (int h = 0; h < queryHeads; h++) {
      String prefix = queryHeads == 1 ? "" : "head " + (h + 1) + ", ";
      int asked = h / (queryHeads / keyHeads);
      double[][] q = project(prefix + "q", WorkedScores.rows(query), toQuery, h);
      double[][] k = project(prefix + "k", WorkedScores.rows(key), toKey, asked);
      double[][] v = project(prefix + "v", WorkedScores.rows(value), toValue, asked);
      double[][] means = worked.attended(prefix, "a", q, k, v, WorkedHeads::scaled);
      for (int i = 0; i < means.length; i++) {
        double[] longer = Arrays.copyOf(joined[i], joined[i].length + means[i].length);
        System.arraycopy(means[i], 0, longer, joined[i].length, means[i].length);
        joined[i] = longer;
      }
    }
    int features = output.kernel.size() / joined[0].length;
    Values flat = Values.of(output.kernel.toDoubles(), joined[0].length, 1, features);
    double[][] result = project("y", joined, new Projected(flat, output.bias), 0);
    return worked.steps(title, result, shape);
  }

  private static WorkedScores.Score scaled(double[] query, double[] key) {
    Terms terms = WorkedScores.products(query, key);
    String root = query.length == 1 ? "" : "/√" + query.length;
    return new WorkedScores.Score(
        root.isEmpty() ? terms.toString() : "(" + terms + ")" + root,
        terms.sum() / Math.sqrt(query.length));
  }

  /** What a head sees of rows, with a line for each. */
  private double[][] project(String letter, double[][] rows, Projected by, int head) {
    int heads = by.kernel.shape()[1];
    int size = by.kernel.shape()[2];
    double[][] all = new double[rows.length][size];
    for (int i = 0; i < rows.length; i++) {
      List<String> written = new ArrayList<>();
      for (int d = 0; d < size; d++) {
        int column = head * size + d;
        var terms = new Terms();
        for (int n = 0; n < rows[i].length; n++) {
          terms.product(rows[i][n], by.kernel.get(n * heads * size + column));
        }
        by.bias.map(bias -> bias.get(column)).filter(bias -> bias != 0).ifPresent(terms::number);
        all[i][d] = terms.sum();
        written.add(terms.toString());
      }
      String most = size > 4 ? ", …" : "";
      String first = String.join(", ", written.subList(0, Math.min(4, size)));
      worked.line(WorkedScores.name(letter, i), first + most, WorkedScores.listed(all[i]));
    }
    return all;
  }
}
