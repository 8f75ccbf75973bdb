/**
 * Activation functions as layers of their own.
 *
 * <p>Names and defaults are those of Keras 3. A new layer: see "A new layer" in CONTRIBUTING.md.
 */
package org.lossbook.layer.activation;
