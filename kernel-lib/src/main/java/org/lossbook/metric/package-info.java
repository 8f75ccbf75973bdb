/**
 * What a metric is: a specification and a tally that runs over the batches, what it counts as a
 * right answer, and what {@code named}, {@code on}, {@code ignore} and {@code sampleWeighted} make
 * of it. The metrics are in the packages below, by kind, as in Keras. A new one is a file there, a
 * line in the list of that package and a factory in {@code Lossbook}.
 */
package org.lossbook.metric;
