/**
 * Layers worked out on one input with the reader's numbers, as on paper: {@code dense(2).explain(x,
 * kernel)}. Each kind of layer has a class here that carries it out in doubles and writes down how.
 */
package org.lossbook.layer.worked;
