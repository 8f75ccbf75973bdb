/**
 * What the keys do: {@code Completion} is Tab, {@code Inspection} Shift-Tab, with Javadoc from
 * source jars, {@code EnterKey} Enter in a console.
 */
package org.lossbook.kernel.help;
