/**
 * Cards: all that the library knows about a loss, metric, optimizer, activation or layer on one
 * page, made from its formula and its Javadoc.
 */
package org.lossbook.card;
