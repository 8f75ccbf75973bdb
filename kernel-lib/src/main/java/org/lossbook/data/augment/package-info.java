/**
 * Data augmentation: samples that are varied at random while a batch is read. A new kind is a
 * method of {@link org.lossbook.data.augment.Augmentation}.
 */
package org.lossbook.data.augment;
