/**
 * Layers that make numbers of texts and of categories: vocabularies, lookups and hashing. Those
 * that take texts stand at the front of a network, before its plan, which knows numbers only.
 */
package org.lossbook.layer.text;
