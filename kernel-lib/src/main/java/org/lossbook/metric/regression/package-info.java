/** Metrics of how well predicted numbers follow the true ones. */
package org.lossbook.metric.regression;
