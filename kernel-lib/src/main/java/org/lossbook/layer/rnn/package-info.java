/**
 * Recurrent layers, their cells, and layers that wrap them or run another one at each step.
 *
 * <p>Names and defaults are those of Keras 3. A new layer: see "A new layer" in CONTRIBUTING.md.
 */
package org.lossbook.layer.rnn;
