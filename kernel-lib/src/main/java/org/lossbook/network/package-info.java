/**
 * Networks: layers joined into a graph, with names, shapes and parameters checked before there are
 * weights.
 */
package org.lossbook.network;
