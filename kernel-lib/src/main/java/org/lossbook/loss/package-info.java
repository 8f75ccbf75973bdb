/**
 * One loss a file, each declared as a formula. Floor 2: knows formula, data, plot and notebook. A
 * new loss is one file here and one line in Lossbook.
 */
package org.lossbook.loss;
