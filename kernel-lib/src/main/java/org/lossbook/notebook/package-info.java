/**
 * What a notebook cell can show: renderable values, tables, images and live displays. It depends on
 * no kernel.
 */
package org.lossbook.notebook;
