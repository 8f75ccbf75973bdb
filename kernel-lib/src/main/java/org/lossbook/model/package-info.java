/**
 * Models: sequential and functional networks to compile, and models to fit, evaluate, save and
 * predict with. This is the one package with state; the packages below it carry out the calls.
 */
package org.lossbook.model;
