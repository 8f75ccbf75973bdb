/**
 * Graph and Plan: the vocabulary a layer builds with. Floor 0: knows nobody, and names no native
 * library.
 */
package org.lossbook.engine;
