/** Operations over the last axis: softmax, dot product. */
package org.lossbook.engine.onednn.rows;
