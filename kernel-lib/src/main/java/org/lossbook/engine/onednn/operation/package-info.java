/** What an operation is, and how it adds its steps to a plan. */
package org.lossbook.engine.onednn.operation;
