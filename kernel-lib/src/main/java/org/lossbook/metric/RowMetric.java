package org.lossbook.metric;

/** Says of a metric that it judges rows alone, so that a vector of predictions is one sample. */
interface RowMetric extends Metric {}
