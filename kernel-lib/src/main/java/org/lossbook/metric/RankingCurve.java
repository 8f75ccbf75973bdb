package org.lossbook.metric;

/**
 * A curve over all thresholds, from the highest to the lowest.
 *
 * @param x the share of no that is taken for yes; of a precision-recall curve, recall
 * @param y the share of yes that is found; of a precision-recall curve, precision
 * @param thresholds the least score that counts as yes at each point
 * @param area below it; NaN where there is no yes or no no, and so no curve
 * @param share of yes among all
 */
public record RankingCurve(
    double[] x, double[] y, double[] thresholds, double area, double share) {}
