/** Metrics that rank the samples by what the model gives for them, over all thresholds. */
package org.lossbook.metric.ranking;
