/**
 * Symbolic expressions over y, ŷ and constants: value, derivative, LaTeX, worked steps. It depends
 * on {@code numerics} alone.
 *
 * <p>From the ground up, each on those before it:
 *
 * <ul>
 *   <li>the graph: {@code ExprNode} is a node, {@code Op} what it computes; {@code Interner} makes
 *       equal nodes one object, and {@code Traversal} visits each once;
 *   <li>the table of operations: {@code Leaves}, {@code Arithmetic}, {@code Choices}, {@code
 *       Functions}, {@code Powers}, {@code Rows} and {@code Batches}, where an entry is an
 *       operation's value, derivative, notation and JavaScript, and a function beside it applies it
 *       to nodes;
 *   <li>nodes to text: {@code Printer} for LaTeX and plain text, {@code CommonSubexpressions} where
 *       that would fill pages;
 *   <li>nodes to nodes: {@code Simplifier} with {@code SumForm}, {@code ProductForm}, {@code
 *       Piecewise} and {@code IdentityRules}; {@code Gradient} by the entries' rules; {@code
 *       Rewriting};
 *   <li>what a reader holds: {@code Expr};
 *   <li>expressions to numbers: {@code Program} for batches, made by {@code Compiler} after {@code
 *       Lowering} to operations with a kernel; {@code WorkedSteps} and {@code Interpreter} for the
 *       steps of one sample; {@code JavaScript} for pages without a Java kernel.
 * </ul>
 *
 * <p>A new operation is one entry in the table and a method of {@code Expr}.
 */
package org.lossbook.formula;
