/** Operations that rearrange numbers. */
package org.lossbook.engine.onednn.shape;
