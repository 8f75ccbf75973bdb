/** Samples of any kind, arrays, texts, pictures and rows of tables, as a network takes them. */
package org.lossbook.network.samples;
