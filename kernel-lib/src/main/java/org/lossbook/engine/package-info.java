/**
 * Graph and Plan: the vocabulary a layer builds with. Floor 0: depends on no other package, and
 * names no native library.
 */
package org.lossbook.engine;
