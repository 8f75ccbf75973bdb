/**
 * Preprocessing of tables: feature selection, encoding, imputation and scaling, fitted on the
 * training rows. Floor 2. Tablesaw holds the tables.
 */
package org.lossbook.data.table;
