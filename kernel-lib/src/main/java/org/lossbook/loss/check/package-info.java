/** Reads and checks what a loss is given: numbers from a cell, targets, and the end of a model. */
package org.lossbook.loss.check;
