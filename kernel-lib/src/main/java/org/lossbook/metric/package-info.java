/**
 * Metrics, one a file: a specification, and a tally that runs over the batches. A new metric is a
 * file here, a line in {@code MetricRegistry} and a factory in {@code Lossbook}.
 */
package org.lossbook.metric;
