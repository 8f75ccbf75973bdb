/**
 * Update rules over flat parameter vectors, one a file. Floor 3. A new optimizer is one file here
 * and one line in Lossbook.
 */
package org.lossbook.optimizer;
