/**
 * Recurrent operations: a whole sequence as one operation. Products over all steps are oneDNN's;
 * what a step alone computes, between two of its products, are loops.
 */
package org.lossbook.engine.onednn.recurrent;
