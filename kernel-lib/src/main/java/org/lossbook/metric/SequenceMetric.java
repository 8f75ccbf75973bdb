package org.lossbook.metric;

import org.lossbook.Internal;

/**
 * A metric of whole sequences: it sees all positions of a sample together. By hand, a vector is one
 * sequence, and so is a row of a matrix.
 *
 * @hidden
 */
@Internal
public interface SequenceMetric {}
