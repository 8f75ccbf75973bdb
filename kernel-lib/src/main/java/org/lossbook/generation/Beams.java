package org.lossbook.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Beam search: the likeliest continuation as a whole, among so many that go on at each step. */
final class Beams {
  private Beams() {}

  /** A continuation and the logarithm of its probability. */
  record Beam(int[] ids, double logProbability, boolean isEnded) {
    Beam with(int id, double log, boolean ends) {
      int[] longer = Arrays.copyOf(ids, ids.length + 1);
      longer[ids.length] = id;
      return new Beam(longer, logProbability + log, ends);
    }
  }

  /**
   * The likeliest continuations, the best first.
   *
   * @param next the probabilities of the next token after all so far
   * @param stop the token that ends a continuation
   */
  static List<Beam> search(
      Function<int[], double[]> next, int[] prompt, int width, int length, OptionalInt stop) {
    List<Beam> beams = List.of(new Beam(prompt, 0, false));
    for (int step = 0; step < length && !beams.stream().allMatch(Beam::isEnded); step++) {
      List<Beam> longer = new ArrayList<>();
      for (Beam beam : beams) {
        if (beam.isEnded()) {
          longer.add(beam);
          continue;
        }
        double[] p = next.apply(beam.ids());
        IntStream.range(0, p.length)
            .boxed()
            .filter(id -> p[id] > 0)
            .sorted(Comparator.comparingDouble(id -> -p[id]))
            .limit(width)
            .forEach(
                id ->
                    longer.add(
                        beam.with(id, Math.log(p[id]), stop.isPresent() && id == stop.getAsInt())));
      }
      longer.sort(Comparator.comparingDouble(beam -> -beam.logProbability()));
      beams = List.copyOf(longer.subList(0, Math.min(width, longer.size())));
    }
    return beams;
  }
}
