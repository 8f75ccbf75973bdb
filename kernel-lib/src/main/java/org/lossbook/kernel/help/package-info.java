/**
 * What Tab and Shift-Tab show: {@code Completion}, {@code Inspection}, and Javadoc from source
 * jars.
 */
package org.lossbook.kernel.help;
