/** Random operations: dropout and noise. */
package org.lossbook.engine.onednn.random;
