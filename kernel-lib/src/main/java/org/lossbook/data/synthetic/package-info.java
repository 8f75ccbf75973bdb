/**
 * Synthetic datasets with a known ground truth, after scikit-learn's generators. A new generator is
 * one file here and one line in {@code Lossbook}.
 */
package org.lossbook.data.synthetic;
