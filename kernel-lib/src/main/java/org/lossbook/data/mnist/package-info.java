/**
 * MNIST and Fashion-MNIST: found on this computer or downloaded, checked, and drawn where they
 * cannot be had. Floor 2.
 */
package org.lossbook.data.mnist;
