/**
 * An optimizer at work on a function of two variables: its way to the minimum and the picture of
 * it.
 */
package org.lossbook.optimizer.descent;
