/**
 * Going on from a beginning: how the next token is chosen, and what is asked of the model for it.
 */
package org.lossbook.generation;
