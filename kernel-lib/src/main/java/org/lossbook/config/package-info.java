/**
 * What specifications share: immutable copies, and how a file describes them, by Keras's class and
 * settings. Floor 0: depends on no other package, and does no I/O.
 */
package org.lossbook.config;
