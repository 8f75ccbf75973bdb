/**
 * Preprocessing of tables: feature selection, encoding, imputation and scaling, fitted on the
 * training rows. Tablesaw holds the tables.
 */
package org.lossbook.data.table;
