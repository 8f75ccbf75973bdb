/**
 * Metrics of sequences: text, speech, series. A new one is a file here, a line in {@code
 * SequenceMetrics} and a factory in {@code Lossbook}.
 */
package org.lossbook.metric.sequence;
