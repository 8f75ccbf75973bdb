/**
 * The embedded Jupyter kernel, for machines without IJava: JShell on IJava's base classes.
 *
 * <ul>
 *   <li>{@code LossbookKernel} answers Jupyter; {@code Output}, {@code CellInput} and {@code
 *       CellEnvironment} handle what a cell prints, reads and replies.
 *   <li>{@code CellRunner} compiles and runs cells, on {@code CellThread}, with {@code
 *       CellControl}; {@code InterruptPoints} make loops interruptible; {@code ErrorText} formats
 *       errors.
 *   <li>{@code Completion}, {@code Inspection} and {@code SourceDocs} implement Tab and Shift-Tab.
 *   <li>{@code Magics} turns {@code %lines} into calls: a new magic is a method with the base's
 *       annotation, in a class that the kernel registers.
 *   <li>{@link org.lossbook.kernel.CellFunctions} has the functions that every cell can call.
 *   <li>{@link org.lossbook.kernel.InstallKernel} writes the kernelspec; its JVM flags and limits
 *       are in {@code KernelSpec}.
 * </ul>
 */
package org.lossbook.kernel;
