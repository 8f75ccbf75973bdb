/**
 * Models: compile, fit, evaluate, predict, history. Floor 3: joins layers, losses, metrics,
 * optimizers, data and the engine; the one place with state.
 */
package org.lossbook.model;
