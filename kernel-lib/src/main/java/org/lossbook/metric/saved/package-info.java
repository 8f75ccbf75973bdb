/** All metrics: their names in files, and the threshold that a model chooses for them. */
package org.lossbook.metric.saved;
