/**
 * The entry point: {@link org.lossbook.Lossbook} has a factory for everything a notebook starts
 * from, and is its one static import. It may use every other package except the kernels, and none
 * of them uses it. A new loss, layer, optimizer or metric adds one line here.
 */
package org.lossbook;
