/**
 * The interface of a compute engine: the operations of a {@code Graph}, to which layers add
 * themselves, and the {@code Plan} that runs it. It depends on no other package, and names no
 * native library.
 */
package org.lossbook.engine;
