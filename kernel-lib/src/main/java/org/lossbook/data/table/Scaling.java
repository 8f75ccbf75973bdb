package org.lossbook.data.table;

/** The scaling of a numeric feature: {@code (x − shift) / spread}. */
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
  /** Standardization: mean 0, standard deviation 1. */
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
  /** Min–max normalization: 0 for the minimum, 1 for the maximum. */
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

  /** The divisor; never 0, even for a constant column. */
  abstract double spread(ColumnStatistics of);
}
