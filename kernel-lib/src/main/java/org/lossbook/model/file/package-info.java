/**
 * Files of models: archives, HDF5 and JSON, read as if somebody meant ill and written whole or not
 * at all. What stands in them, {@code model} knows.
 */
package org.lossbook.model.file;
