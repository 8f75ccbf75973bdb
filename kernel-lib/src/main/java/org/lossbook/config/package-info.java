/**
 * What specifications share: refinement by copies, and what they say of themselves in a file,
 * Keras's class and settings. Floor 0: depends on no other package, and no file either.
 */
package org.lossbook.config;
