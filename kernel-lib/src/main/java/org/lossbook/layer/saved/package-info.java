/** How files name layers: the registry of Keras's classes. */
package org.lossbook.layer.saved;
