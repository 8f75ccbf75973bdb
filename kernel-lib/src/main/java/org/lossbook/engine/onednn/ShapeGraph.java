package org.lossbook.engine.onednn;

import java.util.Arrays;
import java.util.List;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.shape.Broadcast;
import org.lossbook.engine.onednn.shape.Concatenation;
import org.lossbook.engine.onednn.shape.Filled;
import org.lossbook.engine.onednn.shape.Mean;
import org.lossbook.engine.onednn.shape.Pad;
import org.lossbook.engine.onednn.shape.Permute;
import org.lossbook.engine.onednn.shape.Reshape;
import org.lossbook.engine.onednn.shape.Slice;

/** Operations that move numbers, or take means over axes, as oneDNN computes them. */
interface ShapeGraph extends OperationGraph {
  @Override
  default Tensor filled(float value, int... shape) {
    return add(new Filled(value), shape);
  }

  @Override
  default Tensor broadcast(Tensor x, int... shape) {
    if (Arrays.equals(x.shape(), shape)) {
      return x;
    }
    int[] aligned = new int[shape.length];
    int missing = shape.length - x.shape().length;
    Arrays.fill(aligned, 0, missing, 1);
    System.arraycopy(x.shape(), 0, aligned, missing, x.shape().length);
    Tensor sameRank = missing == 0 ? x : reshape(x, aligned);
    return Arrays.equals(aligned, shape) ? sameRank : add(new Broadcast(node(sameRank)), shape);
  }

  @Override
  default Tensor concatenation(List<Tensor> parts, int axis) {
    int[] shape = parts.get(0).shape();
    shape[axis] = parts.stream().mapToInt(part -> part.shape()[axis]).sum();
    return add(new Concatenation(nodes(parts), Formats.axis(shape.length, axis)), shape);
  }

  @Override
  default Tensor reshape(Tensor x, int... shape) {
    if (Shapes.size(shape) != x.size()) {
      throw new IllegalArgumentException(
          "reshape expects "
              + x.size()
              + " numbers a sample, as "
              + Shapes.withBatch(x.shape())
              + " has, but receives the shape "
              + Shapes.withBatch(shape)
              + ": name extents with that product.");
    }
    return add(new Reshape(node(x)), shape);
  }

  @Override
  default Tensor permute(Tensor x, int... order) {
    int[] shape = x.shape();
    return add(
        new Permute(node(x), order), Arrays.stream(order).map(axis -> shape[axis]).toArray());
  }

  @Override
  default Tensor pad(Tensor x, int[] before, int[] after) {
    int[] shape = x.shape();
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] += before[axis] + after[axis];
    }
    return Arrays.equals(shape, x.shape()) ? x : add(new Pad(node(x), before), shape);
  }

  @Override
  default Tensor slice(Tensor x, int[] from, int[] to) {
    int[] shape = x.shape();
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = to[axis] - from[axis];
    }
    return Arrays.equals(shape, x.shape()) ? x : add(new Slice(node(x), from), shape);
  }

  @Override
  default Tensor mean(Tensor x, int... axes) {
    int[] shape = x.shape();
    for (int axis : axes) {
      shape[axis] = 1;
    }
    return Arrays.equals(shape, x.shape()) ? x : add(new Mean(node(x)), shape);
  }
}
