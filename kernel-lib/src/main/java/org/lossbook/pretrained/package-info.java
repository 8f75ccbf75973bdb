/**
 * Networks trained before: those of {@code keras.applications} with the weights that Keras
 * publishes. Their layers are in this package's resources, written by {@code pretrained.py}.
 */
package org.lossbook.pretrained;
