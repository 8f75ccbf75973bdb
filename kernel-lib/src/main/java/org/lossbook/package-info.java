/**
 * The front door: {@link org.lossbook.Lossbook} is the table of contents, one factory a line, and
 * the one static import of a notebook. It knows every floor below it and nobody below knows it. A
 * new loss, layer, optimizer or metric adds one line here.
 */
package org.lossbook;
