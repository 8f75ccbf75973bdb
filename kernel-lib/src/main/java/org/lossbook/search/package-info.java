/**
 * Hyperparameter search: a space of settings, grid search, random search and successive halving
 * through it, and the results. It only uses the public methods of models.
 */
package org.lossbook.search;
