/**
 * What all figures are drawn with: an SVG or PNG canvas, the palette and the colour map, axis
 * ticks, numbers as text. Floor 2.
 */
package org.lossbook.plot.canvas;
