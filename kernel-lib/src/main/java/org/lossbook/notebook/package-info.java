/**
 * What a cell can show: renderable values and live displays. Floor 0: depends on no other package,
 * and no kernel.
 */
package org.lossbook.notebook;
