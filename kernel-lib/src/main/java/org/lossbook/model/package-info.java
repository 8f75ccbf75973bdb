/**
 * Models: networks to compile, and models to fit, evaluate, save and predict with. The one package
 * with state; what a call needs to be carried out lies in the packages below.
 */
package org.lossbook.model;
