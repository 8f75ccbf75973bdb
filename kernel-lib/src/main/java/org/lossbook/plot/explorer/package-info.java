/**
 * Figures that move in a page without a kernel. Each is a record of plain numbers and of formulas
 * in JavaScript beside a small script {@code (host, it, kit) => {…}} in the resources of this
 * package. {@code kit.js} says at its head what every script is given: the card, sliders, points to
 * drag, axes and colours.
 */
package org.lossbook.plot.explorer;
