/**
 * What all figures are drawn with: an SVG or PNG canvas, the palette and the colour map, axis
 * ticks, numbers as text.
 */
package org.lossbook.plot.canvas;
