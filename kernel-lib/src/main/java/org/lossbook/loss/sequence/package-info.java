/**
 * Losses that see all steps of a sample together, and what a model that was trained with them says.
 */
package org.lossbook.loss.sequence;
