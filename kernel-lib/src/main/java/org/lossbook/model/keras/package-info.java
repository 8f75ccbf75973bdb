/**
 * What a model's file contains: Keras's configuration, weights, optimizer state and training
 * progress, of Keras 3 and of Keras 2.
 */
package org.lossbook.model.keras;
