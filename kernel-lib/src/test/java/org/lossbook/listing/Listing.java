package org.lossbook.listing;

import java.util.List;
import java.util.function.Function;

/**
 * A listing of the course with its stated results.
 *
 * @param name how a table calls it
 * @param body trains and measures
 */
public record Listing(String name, Function<Run, List<Result>> body) {
  /** What it comes to. */
  public List<Result> run(Run run) {
    return body.apply(run);
  }

  @Override
  public String toString() {
    return name;
  }
}
