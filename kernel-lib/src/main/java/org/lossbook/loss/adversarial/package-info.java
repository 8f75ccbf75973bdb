/** The losses of adversarial games, in pairs: one for the generator, one for the discriminator. */
package org.lossbook.loss.adversarial;
