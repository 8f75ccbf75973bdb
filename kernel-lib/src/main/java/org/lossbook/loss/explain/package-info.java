/**
 * Shows losses: as mathematics ({@code Notation}), as worked steps ({@code Explanation}), as curves
 * ({@code LossCurve}) and with sliders ({@code Exploration}), which move the numbers of one {@code
 * ProbeSample}.
 */
package org.lossbook.loss.explain;
