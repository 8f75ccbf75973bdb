/**
 * Analysis of models: backpropagation step by step, gradient checks against finite differences, and
 * loss landscapes.
 */
package org.lossbook.analysis;
