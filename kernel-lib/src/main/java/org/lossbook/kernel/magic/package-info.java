/**
 * Magics: {@code Magics} turns {@code %lines} into calls. A new magic is a method with the base's
 * annotation, in a class that the kernel registers.
 */
package org.lossbook.kernel.magic;
