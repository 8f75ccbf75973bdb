/**
 * Optimizers and learning rate schedules, one a file. Floor 3. A new one is a file here, a line in
 * its registry and a factory in Lossbook.
 */
package org.lossbook.optimizer;
