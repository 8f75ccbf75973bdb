/** Initializers, regularizers and constraints of a layer's weights, as Keras has them. Floor 3. */
package org.lossbook.layer.weights;
