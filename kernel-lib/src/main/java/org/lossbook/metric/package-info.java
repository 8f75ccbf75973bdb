/**
 * One metric a file: a specification, and a tally that runs over the batches. Floor 3. A new metric
 * is one file here and one line in Lossbook.
 */
package org.lossbook.metric;
