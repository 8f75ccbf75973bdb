/**
 * Cells: {@code CellRunner} compiles and runs them, on {@code CellThread}, with {@code
 * CellControl}; {@code InterruptPoints} make loops interruptible; {@code ErrorText} formats errors,
 * and {@code Hint} adds what to do about them.
 */
package org.lossbook.kernel.cell;
