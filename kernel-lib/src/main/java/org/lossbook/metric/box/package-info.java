/** Metrics of bounding boxes (x₁, y₁, x₂, y₂). */
package org.lossbook.metric.box;
