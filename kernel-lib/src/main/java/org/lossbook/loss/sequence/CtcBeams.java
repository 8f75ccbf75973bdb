package org.lossbook.loss.sequence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prefix beam search: prefixes by the probability of all their alignments so far. */
final class CtcBeams {
  private CtcBeams() {}

  /** How likely a prefix is, in logarithms, whether it ends in the blank or in its last label. */
  private static final class Ends {
    private double blank = Double.NEGATIVE_INFINITY;
    private double label = Double.NEGATIVE_INFINITY;

    double all() {
      return CtcLoops.logSum(blank, label);
    }
  }

  static List<CtcDecode.Path> search(double[][] logits, int width, int paths) {
    Map<List<Integer>, Ends> beams = new LinkedHashMap<>();
    Ends start = new Ends();
    start.blank = 0;
    beams.put(List.of(), start);
    for (double[] row : logits) {
      beams = best(extended(beams, CtcFormula.softmax(row)), width);
    }
    return best(beams, paths).entrySet().stream()
        .map(beam -> new CtcDecode.Path(beam.getKey(), beam.getValue().all()))
        .toList();
  }

  private static Map<List<Integer>, Ends> extended(
      Map<List<Integer>, Ends> beams, double... probabilities) {
    Map<List<Integer>, Ends> next = new LinkedHashMap<>();
    beams.forEach(
        (prefix, ends) -> {
          int last = prefix.isEmpty() ? CtcLoops.BLANK : prefix.get(prefix.size() - 1);
          for (int k = 0; k < probabilities.length; k++) {
            double says = Math.log(probabilities[k]);
            if (k == CtcLoops.BLANK) {
              Ends same = at(next, prefix);
              same.blank = CtcLoops.logSum(same.blank, ends.all() + says);
              continue;
            }
            if (k == last) {
              Ends same = at(next, prefix);
              same.label = CtcLoops.logSum(same.label, ends.label + says);
            }
            List<Integer> longer = new ArrayList<>(prefix);
            longer.add(k);
            Ends more = at(next, longer);
            more.label = CtcLoops.logSum(more.label, (k == last ? ends.blank : ends.all()) + says);
          }
        });
    return next;
  }

  private static Ends at(Map<List<Integer>, Ends> beams, List<Integer> prefix) {
    return beams.computeIfAbsent(prefix, none -> new Ends());
  }

  private static Map<List<Integer>, Ends> best(Map<List<Integer>, Ends> beams, int count) {
    Map<List<Integer>, Ends> best = new LinkedHashMap<>();
    beams.entrySet().stream()
        .sorted(Comparator.comparingDouble(beam -> -beam.getValue().all()))
        .limit(count)
        .forEach(beam -> best.put(beam.getKey(), beam.getValue()));
    return best;
  }
}
