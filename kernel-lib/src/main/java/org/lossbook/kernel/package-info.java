/** The embedded kernel, for where IJava is not installed: JShell on IJava's own base. Floor 5. */
package org.lossbook.kernel;
