/**
 * Callbacks: what watches a run of fit and may steer it, one a file. Floor 3, below model, which
 * runs them. A new callback is one file here and one line in Lossbook.
 */
package org.lossbook.model.callback;
