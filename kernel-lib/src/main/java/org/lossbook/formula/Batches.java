package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.BATCH;
import static org.lossbook.formula.Op.each;
import static org.lossbook.formula.Op.lowered;

/** Operations over all samples. See {@link Op} for how to read an entry. */
final class Batches {
  private Batches() {}

  /** The kernel adds a chunk to the sums so far, place by place; a run adds those up at its end. */
  static final Op BATCH_SUM =
      new Op(
          "batchSum",
          BATCH,
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] += a[i];
          },
          null,
          (g, e) -> each(g),
          "1|\\sum_{i=1}^{n} #ab",
          "1|Σᵢ #ab",
          "#a.reduce((s, x) => s + x, 0)");

  /** The sum of a·b over the batch, in one go; inserted when a program is compiled. */
  static final Op BATCH_SUM_OF_PRODUCTS =
      new Op(
          "batchSumOfProducts",
          BATCH,
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] += a[i] * b[i];
          },
          null,
          (g, e) -> each(g.times(e.arg(1)), g.times(e.arg(0))),
          "1|\\sum_{i=1}^{n} #a3*#b3",
          "1|Σᵢ #a3*#b3",
          "#a.reduce((s, x, i) => s + x * #b[i], 0)");

  static final Op BATCH_MEAN =
      lowered(
          "batchMean",
          BATCH,
          e -> e.arg(0).batchSum().over(e.arg(0).count()),
          (g, e) -> each(g.over(e.arg(0).count())),
          "1|\\frac{1}{n}\\sum_{i=1}^{n} #ab",
          "1|1/n Σᵢ #ab");
}
