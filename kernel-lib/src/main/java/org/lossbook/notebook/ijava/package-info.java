/** The adapter to IJava's base classes, loaded only inside a kernel. */
package org.lossbook.notebook.ijava;
