package org.lossbook.metric.ranking;

/**
 * ROC or precision-recall curve over all thresholds, from the highest to the lowest.
 *
 * @param x the false positive rate; recall in a precision-recall curve
 * @param y the true positive rate; precision in a precision-recall curve
 * @param thresholds the lowest score that counts as positive at each point
 * @param area under the curve; NaN without any positives or without any negatives
 * @param share of positives among all samples
 */
public record RankingCurve(
    double[] x, double[] y, double[] thresholds, double area, double share) {}
