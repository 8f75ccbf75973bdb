/**
 * Tables to numbers: which columns, how each is encoded, filled in and scaled, learnt from the rows
 * trained on. Floor 2. Tablesaw reads and holds the tables.
 */
package org.lossbook.data.table;
