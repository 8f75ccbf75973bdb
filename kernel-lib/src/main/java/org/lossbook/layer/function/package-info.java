/**
 * Activation functions, each declared once as a formula, from which its value, its derivative, its
 * mathematics, its curve and its explorer come.
 *
 * <p>A new function of Keras's is a line in {@code KerasFunctions}.
 */
package org.lossbook.layer.function;
