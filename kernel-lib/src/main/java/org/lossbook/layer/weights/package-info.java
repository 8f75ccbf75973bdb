/**
 * Initializers, regularizers and constraints of a layer's weights, with Keras's names and defaults.
 */
package org.lossbook.layer.weights;
