/**
 * Attention: layers in which each step of a sequence takes from the others what suits it, and
 * layers that say where a step stands.
 *
 * <p>Names and defaults are those of Keras 3. A new layer: see "A new layer" in CONTRIBUTING.md.
 */
package org.lossbook.layer.attention;
