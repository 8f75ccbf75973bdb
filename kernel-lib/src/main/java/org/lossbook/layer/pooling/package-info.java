/**
 * Layers that pool windows of an image or a sequence, or all of it.
 *
 * <p>Names and defaults are those of Keras 3. A new layer: see "A new layer" in CONTRIBUTING.md.
 */
package org.lossbook.layer.pooling;
