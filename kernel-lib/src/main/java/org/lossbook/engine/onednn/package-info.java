/**
 * The compute engine on oneDNN: one operation per class, forward and backward. The only package
 * that imports org.bytedeco.
 *
 * <p>Subnormal numbers are kept, forward and backward: results below 10⁻³⁸ are rounded as in IEEE
 * 754 and not flushed to 0, which a logarithm or a division after them would turn into ∞. In the
 * optimizers' moments, where they would only cost time, they are flushed. In double precision
 * powers of e below 10⁻³⁰⁷ are 0, far below the smallest float.
 */
package org.lossbook.engine.onednn;
