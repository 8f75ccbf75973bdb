/**
 * Figures of plain numbers, drawn with XChart and Java2D. Of the library they use {@code
 * plot.canvas}, {@code notebook} and what these use, and know nothing of models or losses.
 */
package org.lossbook.plot;
