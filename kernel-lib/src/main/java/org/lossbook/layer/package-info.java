/**
 * Immutable layer specifications: shapes, parameters, and how to build them on a graph. Floor 3:
 * knows engine. A new layer is one file here and one line in Lossbook.
 */
package org.lossbook.layer;
