/** Metrics that count right and wrong answers of each class, up to the whole confusion matrix. */
package org.lossbook.metric.confusion;
