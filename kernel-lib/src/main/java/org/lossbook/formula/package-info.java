/**
 * Symbolic expressions over y, ŷ and constants: value, derivative, LaTeX, worked steps. Floor 0:
 * knows nobody but {@code numerics}. A new operation is one entry in {@code Arithmetic}, {@code
 * Functions}, {@code Choices}, {@code Rows} or {@code Batches}, and a method of {@code Expr}.
 *
 * <p>The way in: {@code Expr} is what one writes, {@code Op} how an entry of the tables reads. A
 * formula is a graph: {@code Interned} makes equal expressions one object, and {@code Walk} meets
 * each part once. From there:
 *
 * <ul>
 *   <li>to other expressions: {@code Gradient} by the entries' rules, {@code Simplifier} with
 *       {@code Sum}, {@code Product} and {@code Cases}, {@code Rewriting}, {@code Folding} of sums,
 *       {@code Lowering} to what has a kernel;
 *   <li>to numbers: {@code Compiler} makes a {@code Program} of it, for batches; {@code
 *       Interpreter} and {@code Worked} take one sample, for constants and for the steps that are
 *       shown;
 *   <li>to text: {@code Printer} for LaTeX and plain text, {@code Abridged} where it would fill
 *       pages, {@code JavaScript} for pages without a kernel.
 * </ul>
 */
package org.lossbook.formula;
