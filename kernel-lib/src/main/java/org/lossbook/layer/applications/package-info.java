/** Layers that Keras defines for its ConvNeXt: layer scale and stochastic depth. */
package org.lossbook.layer.applications;
