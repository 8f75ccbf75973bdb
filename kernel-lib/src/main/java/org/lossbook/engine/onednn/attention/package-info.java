/** Attention: products of queries, keys and values for several heads, and the weights between. */
package org.lossbook.engine.onednn.attention;
