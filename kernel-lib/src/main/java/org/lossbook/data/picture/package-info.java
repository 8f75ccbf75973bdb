/**
 * Pictures of one's own: a file as a sample, folders of files as a dataset. Java's ImageIO reads
 * the files.
 */
package org.lossbook.data.picture;
