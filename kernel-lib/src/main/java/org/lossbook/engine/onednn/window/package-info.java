/** Operations that slide a window: pooling. */
package org.lossbook.engine.onednn.window;
