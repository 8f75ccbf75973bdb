package org.lossbook.metric;

/** A metric that takes rows only, so that a vector of predictions is one sample. */
interface RowMetric {}
