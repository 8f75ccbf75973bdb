package org.lossbook.engine.onednn.normalization;

/**
 * Which numbers of a sample are normalized together, and which share a place of gamma and beta. Row
 * {@code r} of the last axis begins with group {@code groupOf[r]} and with place {@code
 * placeOf[r]}, which grow along it by {@code groupStep} and {@code placeStep}, 0 or 1.
 */
final class NormalizedView {
  final int width;
  final int[] groupOf;
  final int[] placeOf;
  final int groupStep;
  final int placeStep;

  /** How many numbers a group has. */
  final int count;

  /** How many groups a sample has. */
  final int groups;

  /** How many numbers gamma has. */
  final int places;

  /**
   * @param shape the sample's, not empty
   * @param together the axes along which numbers belong to one group
   * @param scaled the axes of gamma and beta
   */
  NormalizedView(int[] shape, boolean[] together, boolean[] scaled) {
    int last = shape.length - 1;
    width = shape[last];
    groupStep = together[last] ? 0 : 1;
    placeStep = scaled[last] ? 1 : 0;
    int rows = 1;
    int size = 1;
    int alone = 1;
    int parameters = 1;
    for (int axis = 0; axis <= last; axis++) {
      rows *= axis < last ? shape[axis] : 1;
      size *= shape[axis];
      alone *= together[axis] ? 1 : shape[axis];
      parameters *= scaled[axis] ? shape[axis] : 1;
    }
    groups = alone;
    count = size / alone;
    places = parameters;
    groupOf = new int[rows];
    placeOf = new int[rows];
    int[] index = new int[shape.length];
    for (int row = 0; row < rows; row++) {
      for (int axis = 0; axis <= last; axis++) {
        groupOf[row] = together[axis] ? groupOf[row] : groupOf[row] * shape[axis] + index[axis];
        placeOf[row] = scaled[axis] ? placeOf[row] * shape[axis] + index[axis] : placeOf[row];
      }
      for (int axis = last - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
  }
}
