/**
 * File formats: zip archives, HDF5 and JSON, read as untrusted input and written atomically. The
 * content of model files is read and written in {@code org.lossbook.model.keras}.
 */
package org.lossbook.io;
