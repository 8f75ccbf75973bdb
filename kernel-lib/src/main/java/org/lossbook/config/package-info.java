/**
 * What specifications share: immutable copies, and how a file describes them, by Keras's class and
 * settings. It depends on no other package, and does no I/O: {@code io} writes a {@code Config} to
 * a file and reads it from there.
 */
package org.lossbook.config;
