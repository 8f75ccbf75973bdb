/**
 * Immutable layer specifications: shapes, parameters, and how to build them on a graph of {@code
 * org.lossbook.engine}. A new layer is one file in the package of its family, such as {@code
 * layer.pooling}, one line in that package's list, one in {@code Lossbook}, and a golden file.
 *
 * <p>The way in: {@code Layer} is what a network asks of a layer, and {@code BaseLayer} is what a
 * layer extends. {@code Flatten} is the plainest layer, {@code GaussianDropout} has a setting,
 * {@code GlobalAveragePooling2d} shares a base class, and {@code Dense} has weights.
 */
package org.lossbook.layer;
