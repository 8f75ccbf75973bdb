/**
 * What specifications share: refinement by copies, and what they say of themselves in a file,
 * Keras's class and settings. Floor 0: knows nobody, and no file either.
 */
package org.lossbook.config;
