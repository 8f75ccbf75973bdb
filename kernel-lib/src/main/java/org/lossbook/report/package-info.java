/**
 * Reports on a trained model: classification and regression reports, confusion matrices, ROC and
 * precision-recall curves, and the images it gets wrong.
 */
package org.lossbook.report;
