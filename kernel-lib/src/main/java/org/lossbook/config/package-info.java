/**
 * What a specification says of itself in a file: Keras's class and settings. Floor 0: knows nobody,
 * and no file either.
 */
package org.lossbook.config;
