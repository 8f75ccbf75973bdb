/**
 * Data that is drawn with a seed and whose truth is known, after scikit-learn's makers. Floor 2. A
 * new maker is one file here and one line in Lossbook.
 */
package org.lossbook.data.synthetic;
