package org.lossbook.engine.onednn;

import org.lossbook.engine.ImageChange;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.random.AlphaDropout;
import org.lossbook.engine.onednn.random.ChangedImages;
import org.lossbook.engine.onednn.random.Dropout;
import org.lossbook.engine.onednn.random.GaussianDropout;
import org.lossbook.engine.onednn.random.GaussianNoise;
import org.lossbook.engine.onednn.random.SampleDropout;
import org.lossbook.engine.onednn.random.SpatialDropout;

/** Operations that draw, as oneDNN computes them. */
interface RandomGraph extends OperationGraph {
  @Override
  default Tensor dropout(Tensor x, double rate, int... drawnShape) {
    return training() && rate > 0
        ? add(new Dropout(node(x), rate, added(), drawnShape), x.shape())
        : x;
  }

  @Override
  default Tensor alphaDropout(Tensor x, double rate, int... drawnShape) {
    return training() && rate > 0
        ? add(new AlphaDropout(node(x), rate, added(), drawnShape), x.shape())
        : x;
  }

  @Override
  default Tensor spatialDropout(Tensor x, double rate) {
    return training() && rate > 0 ? add(new SpatialDropout(node(x), rate, added()), x.shape()) : x;
  }

  @Override
  default Tensor sampleDropout(Tensor x, double rate) {
    return training() && rate > 0 ? add(new SampleDropout(node(x), rate, added()), x.shape()) : x;
  }

  @Override
  default Tensor gaussianDropout(Tensor x, double rate) {
    return training() && rate > 0 ? add(new GaussianDropout(node(x), rate, added()), x.shape()) : x;
  }

  @Override
  default Tensor gaussianNoise(Tensor x, double stddev) {
    return training() && stddev > 0
        ? add(new GaussianNoise(node(x), stddev, added()), x.shape())
        : x;
  }

  @Override
  default Tensor changedImages(Tensor x, ImageChange change, String who, int... shape) {
    return add(new ChangedImages(node(x), change, who, training(), added()), shape);
  }
}
