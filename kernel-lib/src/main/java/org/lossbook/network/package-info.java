/**
 * Networks: layers joined into a graph, with names, shapes and parameters that are checked before
 * any weights exist.
 */
package org.lossbook.network;
