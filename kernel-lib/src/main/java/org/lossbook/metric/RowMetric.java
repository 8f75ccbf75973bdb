package org.lossbook.metric;

import org.lossbook.Internal;

/**
 * A metric that takes rows only, so that a vector of predictions is one sample.
 *
 * @hidden
 */
@Internal
public interface RowMetric {}
