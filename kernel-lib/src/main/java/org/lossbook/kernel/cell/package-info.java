/**
 * Cells: {@code CellRunner} compiles and runs them, on {@code CellThread}, with {@code
 * CellControl}; {@code InterruptPoints} make loops interruptible; {@code ErrorText} formats errors,
 * and {@code Hint} adds what to do about them.
 *
 * <p>{@code WholeCell} evaluates declarations of a cell together that need each other. An edited
 * cell keeps what others made: {@code CellVersions} gives loaded classes new code by {@code
 * RedefinitionAgent}; where the JVM cannot, JShell makes new classes, {@code Migration} carries
 * values over, and {@code Relinker} points living code at the new ones. {@code Variables} keeps
 * variables independent of the code that computed them, and {@code Aftermath} says what an edit
 * broke. {@code Libraries} loads what cells add before what the kernel has for itself, and {@code
 * CompilerFiles} lets the compiler see the same.
 */
package org.lossbook.kernel.cell;
