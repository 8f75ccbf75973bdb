/** Operations on numbers at the same place: products, sums, maxima. */
package org.lossbook.engine.onednn.elementwise;
