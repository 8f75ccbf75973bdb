/** Rows of a table that whole numbers name, such as the vectors of words. */
package org.lossbook.engine.onednn.lookup;
