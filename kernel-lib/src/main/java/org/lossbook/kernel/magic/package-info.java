/**
 * Magics: {@code CellText} finds them in a cell, {@code MagicCells} runs them between the cell's
 * Java, {@code Magics} knows them by name. A new magic is a line in the list of its kind, such as
 * {@code FileMagics}: its name, what follows it, what it does, and a method.
 */
package org.lossbook.kernel.magic;
