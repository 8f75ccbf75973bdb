/**
 * Model files: reading and writing the configuration, weights, optimizer state and training
 * progress of a model in Keras's formats, of Keras 3 and Keras 2.
 */
package org.lossbook.model.keras;
