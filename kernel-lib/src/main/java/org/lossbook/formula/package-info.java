/**
 * Symbolic expressions over y, ŷ and constants: value, derivative, LaTeX, worked steps. Floor 0:
 * knows nobody. A new operation is one entry in the table of operations.
 */
package org.lossbook.formula;
