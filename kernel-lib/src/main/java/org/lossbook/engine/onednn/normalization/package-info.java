/** Normalizations by the batch's or a sample's statistics. */
package org.lossbook.engine.onednn.normalization;
