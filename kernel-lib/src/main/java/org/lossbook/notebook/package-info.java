/**
 * What a cell can show: renderable values and live displays. Floor 0: knows nobody, and no kernel.
 */
package org.lossbook.notebook;
