/**
 * How values look in a cell of any kernel, whichever base it is built on: it depends on none. The
 * packages {@code ijava} and {@code jjava} beside it connect it to the bases that exist.
 */
package org.lossbook.notebook.rendering;
