/** Metrics of the share of right answers. */
package org.lossbook.metric.accuracy;
