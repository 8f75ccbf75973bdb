/** Operations with weights: convolution and inner product. */
package org.lossbook.engine.onednn.weighted;
