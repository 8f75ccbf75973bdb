/** Figures from plain numbers, drawn by XChart and Java2D. Floor 2: knows notebook alone. */
package org.lossbook.plot;
