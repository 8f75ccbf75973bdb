/**
 * Elementary functions over arrays, accurate to the last digits over the whole range of numbers,
 * for formulas and the engine. It depends on no other package.
 */
package org.lossbook.numerics;
