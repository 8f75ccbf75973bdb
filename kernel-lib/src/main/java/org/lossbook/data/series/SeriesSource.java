package org.lossbook.data.series;

/** Whatever has a time series: {@link Windows} can be cut from it. */
public interface SeriesSource {
  /** The series. */
  TimeSeries series();
}
