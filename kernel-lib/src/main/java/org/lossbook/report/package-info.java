/**
 * Reports on a trained model: precision and recall, ROC curves, confusion matrices, and pictures of
 * what it gets wrong.
 */
package org.lossbook.report;
