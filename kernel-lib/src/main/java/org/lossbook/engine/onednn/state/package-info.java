/** Operations of states that last from one run of a plan to the next. */
package org.lossbook.engine.onednn.state;
