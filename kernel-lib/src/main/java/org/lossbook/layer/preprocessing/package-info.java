/**
 * Layers that prepare data within a network, so that a model takes what a reader has: pixels from 0
 * to 255, tables in their own units, images of any size, categories.
 *
 * <p>Names and defaults are those of Keras 3. A new layer: see "A new layer" in CONTRIBUTING.md.
 */
package org.lossbook.layer.preprocessing;
