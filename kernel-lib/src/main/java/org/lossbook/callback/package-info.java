/**
 * Callbacks: what watches a run of fit and may steer it, one a file. They know a run by an
 * interface alone; training.fit calls them. A new callback is one file here and one line in
 * Lossbook.
 */
package org.lossbook.callback;
