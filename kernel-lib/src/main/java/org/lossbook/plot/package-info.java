/** Figures from plain numbers, drawn by XChart and Java2D. Floor 1: knows notebook alone. */
package org.lossbook.plot;
