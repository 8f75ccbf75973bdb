package org.lossbook.loss.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.lossbook.Internal;
import org.lossbook.engine.Bounds;

/**
 * What a model ends in and what could be changed there, in words that name the calls.
 *
 * @hidden
 */
@Internal
public interface Remedy {
  /**
   * Rows that summed to one and no longer do.
   *
   * @param described what made them
   * @param by the layer after which they do not
   * @hidden
   */
  @Internal
  record Broken(String described, String by) {}

  /**
   * What the model ends in, {@code sigmoid}, {@code the sigmoid of dense}, {@code add}: where there
   * are several, those whose numbers are not like that.
   */
  String described(Predicate<Bounds> like);

  /** The functions without which the numbers at the end are not like that; none where none is. */
  List<Place> without(Predicate<Bounds> like);

  /**
   * The change after which the model ends in this function's numbers.
   *
   * @param wanted Keras's name
   * @param like what is known of each of its numbers
   */
  String take(String wanted, Predicate<Bounds> like);

  /** Where rows that summed to one ceased to; empty where none did. */
  default Optional<Broken> breaksRows() {
    return Optional.empty();
  }

  /**
   * For a model whose last layer has the function.
   *
   * @param bounds of its numbers
   * @hidden
   */
  @Internal
  record OfLastLayer(Place place, Bounds bounds) implements Remedy {
    @Override
    public String described(Predicate<Bounds> like) {
      return place.described();
    }

    @Override
    public List<Place> without(Predicate<Bounds> like) {
      return like.test(bounds) ? List.of(place) : List.of();
    }

    @Override
    public String take(String wanted, Predicate<Bounds> like) {
      return place.take(wanted);
    }
  }
}
