/**
 * The engine on oneDNN: one operation a class, forward and backward. The only package that imports
 * org.bytedeco. Floor 0.
 *
 * <p>Subnormal numbers are kept, forward and backward: what a function gives below 10⁻³⁸ is rounded
 * to the floats there are, as IEEE 754 has it, and not to 0, which a logarithm or a quotient behind
 * it would turn into ∞. Where they would only cost time, in the optimizers' moments, those flush
 * them. In double precision powers of e below 10⁻³⁰⁷ are 0, far below the smallest float.
 */
package org.lossbook.engine.onednn;
