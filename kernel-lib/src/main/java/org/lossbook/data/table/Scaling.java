package org.lossbook.data.table;

/** What is done to the size of a numeric feature: {@code (x − shift) / spread}. */
enum Scaling {
  AS_IS {
    @Override
    double shift(ColumnStatistics of) {
      return 0;
    }

    @Override
    double spread(ColumnStatistics of) {
      return 1;
    }
  },
  /** Mean 0, standard deviation 1. */
  STANDARDIZED {
    @Override
    double shift(ColumnStatistics of) {
      return of.isConstant() ? of.min() : of.mean();
    }

    @Override
    double spread(ColumnStatistics of) {
      return of.isConstant() ? 1 : of.sd();
    }
  },
  /** From 0 for the least to 1 for the greatest. */
  NORMALIZED {
    @Override
    double shift(ColumnStatistics of) {
      return of.min();
    }

    @Override
    double spread(ColumnStatistics of) {
      return of.isConstant() ? 1 : of.max() - of.min();
    }
  };

  abstract double shift(ColumnStatistics of);

  /** Never 0: a constant has none to divide by. */
  abstract double spread(ColumnStatistics of);
}
