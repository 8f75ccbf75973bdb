/** Losses of so many classes that training looks at a few of them, which it draws. */
package org.lossbook.loss.sampled;
