/**
 * Files, as such: archives, HDF5 and JSON, read as untrusted and written whole or not at all. What
 * a model's file contains, model.keras knows.
 */
package org.lossbook.io;
