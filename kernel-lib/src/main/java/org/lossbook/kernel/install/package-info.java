/**
 * Installs the kernel: {@link org.lossbook.kernel.install.InstallKernel} writes the kernelspec; its
 * JVM flags and limits are in {@code KernelSpec}.
 */
package org.lossbook.kernel.install;
