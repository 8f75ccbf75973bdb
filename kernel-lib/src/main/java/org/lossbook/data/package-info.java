/**
 * Arrays and datasets: the entry point for numbers, ND4J arrays and Tablesaw columns. What a
 * dataset is, and its views, are in {@code data.view} and {@code data.augment} below; where
 * datasets come from is above, in {@code data.table}, {@code data.picture}, {@code data.series},
 * {@code data.sound}, {@code data.ratings}, {@code data.boxes}, {@code data.mnist} and {@code
 * data.synthetic}. A new dataset is one file there and one line in {@code Lossbook}.
 */
package org.lossbook.data;
