/**
 * MNIST and Fashion-MNIST: read from this computer or downloaded, and verified; synthetic digits if
 * they are not available.
 */
package org.lossbook.data.mnist;
