/**
 * Optimizers, one a file. A new one is a file here, a line in {@code OptimizerRegistry} and a
 * factory in {@code Lossbook}.
 */
package org.lossbook.optimizer;
