/**
 * Arrays and datasets: where numbers, ND4J arrays and Tablesaw columns enter, and nowhere below.
 * Floor 2. What a dataset is and its views lie below, in {@code data.view} and {@code
 * data.augment}; where datasets come from lies above, in {@code data.table}, {@code data.picture},
 * {@code data.mnist} and {@code data.synthetic}. A new dataset is one file there and one line in
 * Lossbook.
 */
package org.lossbook.data;
