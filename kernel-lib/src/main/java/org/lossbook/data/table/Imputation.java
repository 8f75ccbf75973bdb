package org.lossbook.data.table;

/** What stands in the place of a missing value. */
sealed interface Imputation {
  /** A figure of the rows trained on. */
  enum Strategy implements Imputation {
    MEAN,
    MEDIAN,
    MOST_FREQUENT;

    @Override
    public String toString() {
      return switch (this) {
        case MEAN -> "the mean";
        case MEDIAN -> "the median";
        case MOST_FREQUENT -> "the most frequent";
      };
    }
  }

  /** A value that was given. */
  record Constant(Object value) implements Imputation {
    @Override
    public String toString() {
      return "what was given";
    }
  }
}
