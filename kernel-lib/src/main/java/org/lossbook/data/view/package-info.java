/**
 * {@link org.lossbook.data.view.SampleSource}, what a dataset is, and views of it: subsets,
 * concatenations, one-hot targets. A new view is one file here and a method of {@code Dataset}.
 */
package org.lossbook.data.view;
