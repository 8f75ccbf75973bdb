package org.lossbook.data.table;

/** The imputation of missing values. */
sealed interface Imputation {
  /** A statistic of the training rows. */
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

  /** A constant value. */
  record Constant(Object value) implements Imputation {
    @Override
    public String toString() {
      return "what was given";
    }
  }
}
