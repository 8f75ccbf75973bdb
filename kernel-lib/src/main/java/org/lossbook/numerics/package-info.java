/**
 * Elementary functions over arrays, to the last digits and over the whole range of numbers: what
 * formulas and the engine compute with. Floor −1: knows nobody, and both know it.
 */
package org.lossbook.numerics;
