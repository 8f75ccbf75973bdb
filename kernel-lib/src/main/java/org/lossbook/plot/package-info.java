/** Figures of plain numbers, drawn with XChart and Java2D. Floor 2: depends only on notebook. */
package org.lossbook.plot;
