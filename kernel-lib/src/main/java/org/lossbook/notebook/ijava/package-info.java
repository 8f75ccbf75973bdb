/** The adapter to IJava's base classes, loaded only where a kernel runs. Floor 11. */
package org.lossbook.notebook.ijava;
