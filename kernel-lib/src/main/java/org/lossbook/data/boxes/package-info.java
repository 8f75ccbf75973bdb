/**
 * Bounding boxes: one of them ({@link Box}), and how well boxes were found in many images ({@link
 * Detections}).
 */
package org.lossbook.data.boxes;
