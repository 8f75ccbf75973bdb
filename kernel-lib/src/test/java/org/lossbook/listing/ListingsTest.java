package org.lossbook.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.mnist.TestDigits;

/** Each listing, run briefly; {@code ./lossbook bench --accuracy} runs them whole. */
class ListingsTest {
  static List<Listing> all() {
    return Listings.all();
  }

  @ParameterizedTest
  @Tag("slow")
  @MethodSource("all")
  void aListingLearnsWhatItStates(Listing listing) {
    var results = listing.run(Run.brief(TestDigits.mnist(), 1));

    assertThat(results).isNotEmpty().allMatch(Result::isReached);
  }
}
