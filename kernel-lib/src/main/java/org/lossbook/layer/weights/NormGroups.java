package org.lossbook.layer.weights;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;

/**
 * Which numbers of a weight share a norm: those that differ along the given axes only.
 *
 * @param count how many norms there are
 * @param each the norm of each number, row-major; empty where it is its place modulo the count
 * @hidden
 */
@Internal
public record NormGroups(int count, int[] each) {
  /** Refuses groups that are none. */
  public NormGroups {
    Require.given(
        each, "NormGroups", "the group of each number", "Constraint.groups(shape) has it");
    int groups = count;
    if (count < 0 || Arrays.stream(each).anyMatch(group -> group < 0 || group >= groups)) {
      throw Messages.wrong(
          "NormGroups expects groups counted from 0 to below %d but receives others: Constraint.groups(shape) has those of a weight.",
          count);
    }
  }

  /** Numbers in rows, with a norm for each column. */
  static NormGroups ofColumns(int columns) {
    return new NormGroups(columns, new int[0]);
  }

  /** Norms of a weight of that shape along axes, from 0 or backwards from −1. */
  static NormGroups of(List<Integer> axes, int... shape) {
    int rank = shape.length;
    boolean[] isSummed = new boolean[rank];
    for (int axis : axes) {
      int place = axis < 0 ? axis + rank : axis;
      if (place < 0 || place >= rank) {
        throw Messages.wrong(
            "constraint expects axes of the weight %s but receives %d: count them from 0, or from the last, -1.",
            Arrays.toString(shape), axis);
      }
      isSummed[place] = true;
    }
    int[] strides = new int[rank];
    int count = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      strides[axis] = isSummed[axis] ? 0 : count;
      count *= isSummed[axis] ? 1 : shape[axis];
    }
    boolean isByColumn = rank > 0 && !isSummed[rank - 1] && count == shape[rank - 1];
    return isByColumn ? ofColumns(count) : new NormGroups(count, groups(strides, shape));
  }

  private static int[] groups(int[] strides, int... shape) {
    return IntStream.range(0, Arrays.stream(shape).reduce(1, (a, b) -> a * b))
        .map(
            i -> {
              int group = 0;
              int rest = i;
              for (int axis = shape.length - 1; axis >= 0; axis--) {
                group += rest % shape[axis] * strides[axis];
                rest /= shape[axis];
              }
              return group;
            })
        .toArray();
  }

  /** Whether they are of so many numbers. */
  boolean areOf(int numbers) {
    return each.length > 0 ? each.length == numbers : count > 0 && numbers % count == 0;
  }

  /** Adds the square of each number to the sum of its group. */
  void addSquares(float[] numbers, double[] sums) {
    if (each.length > 0) {
      for (int i = 0; i < numbers.length; i++) {
        sums[each[i]] += (double) numbers[i] * numbers[i];
      }
      return;
    }
    for (int row = 0; row < numbers.length; row += count) {
      for (int column = 0; column < count; column++) {
        sums[column] += (double) numbers[row + column] * numbers[row + column];
      }
    }
  }

  /** Multiplies each number by the factor of its group. */
  void scale(float[] numbers, double[] factors) {
    if (each.length > 0) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] *= (float) factors[each[i]];
      }
      return;
    }
    for (int row = 0; row < numbers.length; row += count) {
      for (int column = 0; column < count; column++) {
        numbers[row + column] *= (float) factors[column];
      }
    }
  }
}
