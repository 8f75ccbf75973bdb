/**
 * Elementary functions over arrays, accurate to the last digits over the whole range of numbers,
 * for formulas and the engine, and threads that share work. It depends on no other package.
 */
package org.lossbook.numerics;
