/**
 * Arrays and datasets: where numbers, ND4J arrays and Tablesaw columns enter, and nowhere below.
 * Floor 2. A new dataset is one file here and one line in Lossbook.
 */
package org.lossbook.data;
