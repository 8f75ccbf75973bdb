/**
 * What a dataset is, {@link org.lossbook.data.view.SampleSource}, and the views of one: subsets,
 * concatenations, one-hot targets. A new view is one file here and a method of {@code Dataset}.
 */
package org.lossbook.data.view;
