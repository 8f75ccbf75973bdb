/**
 * Looking into a model: backpropagation step by step, gradients checked against finite differences,
 * and the landscape of its loss.
 */
package org.lossbook.analysis;
