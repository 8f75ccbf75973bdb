/** The adapter to JJava, whose classes it calls by name. */
package org.lossbook.notebook.jjava;
