import static org.lossbook.Lossbook.*;

import java.util.ArrayDeque;
import java.util.Deque;
import org.lossbook.layer.Node;
import org.lossbook.model.Functional;

/** The larger networks that are compared, as papers and Keras have them. */
final class LargeNetworks {
  private LargeNetworks() {}

  /** The network of a task. */
  static Functional of(String task) {
    return switch (task) {
      case "resnet" -> resnet50();
      case "mobilenet" -> mobileNetV2();
      case "unet" -> uNet();
      case "encoder" -> encoder();
      default -> throw new IllegalArgumentException("no such network: " + task);
    };
  }

  private static Functional resnet50() {
    Node image = input(224, 224, 3);
    Node x = activation("relu").of(convolution(image, 64, 7, 2));
    x = maxPooling2d(3).strides(2).same().of(x);
    int[][] stages = {{64, 3, 1}, {128, 4, 2}, {256, 6, 2}, {512, 3, 2}};
    for (int[] stage : stages) {
      for (int block = 0; block < stage[1]; block++) {
        int stride = block == 0 ? stage[2] : 1;
        Node shortcut = block == 0 ? convolution(x, 4 * stage[0], 1, stride) : x;
        Node h = activation("relu").of(convolution(x, stage[0], 1, stride));
        h = activation("relu").of(convolution(h, stage[0], 3, 1));
        h = convolution(h, 4 * stage[0], 1, 1);
        x = activation("relu").of(add().of(shortcut, h));
      }
    }
    return model(image, dense(1000).softmax().of(globalAveragePooling2d().of(x)));
  }

  private static Node convolution(Node x, int filters, int kernel, int stride) {
    return batchNormalization()
        .of(conv2d(filters, kernel).strides(stride).same().useBias(false).of(x));
  }

  /** Two transformer encoder blocks, then the mean of the steps and ten classes. */
  private static Functional encoder() {
    Node steps = input(64, 64);
    Node x = steps;
    for (int block = 0; block < 2; block++) {
      x = layerNormalization().of(add().of(x, multiHeadAttention(4, 16).of(x)));
      Node h = dense(64).of(dense(128).relu().of(x));
      x = layerNormalization().of(add().of(x, h));
    }
    return model(steps, dense(10).softmax().of(globalAveragePooling1d().of(x)));
  }

  private static Functional mobileNetV2() {
    Node image = input(224, 224, 3);
    Node x = activation("relu6").of(convolution(image, 32, 3, 2));
    int inputs = 32;
    int[][] stages = {
      {1, 16, 1, 1},
      {6, 24, 2, 2},
      {6, 32, 3, 2},
      {6, 64, 4, 2},
      {6, 96, 3, 1},
      {6, 160, 3, 2},
      {6, 320, 1, 1}
    };
    for (int[] stage : stages) {
      for (int block = 0; block < stage[2]; block++) {
        int stride = block == 0 ? stage[3] : 1;
        Node h = x;
        if (stage[0] > 1) {
          h = activation("relu6").of(convolution(h, stage[0] * inputs, 1, 1));
        }
        h = batchNormalization().of(depthwiseConv2d(3).strides(stride).same().useBias(false).of(h));
        h = convolution(activation("relu6").of(h), stage[1], 1, 1);
        x = inputs == stage[1] && stride == 1 ? add().of(x, h) : h;
        inputs = stage[1];
      }
    }
    x = activation("relu6").of(convolution(x, 1280, 1, 1));
    return model(image, dense(1000).softmax().of(globalAveragePooling2d().of(x)));
  }

  /** Five levels from 16 to 256 filters; four classes at every pixel. */
  private static Functional uNet() {
    Node image = input(128, 128, 3);
    Deque<Node> levels = new ArrayDeque<>();
    Node x = twice(image, 16);
    for (int filters = 32; filters <= 256; filters *= 2) {
      levels.push(x);
      x = twice(maxPooling2d(2).of(x), filters);
    }
    for (int filters = 128; filters >= 16; filters /= 2) {
      Node widened = conv2dTranspose(filters, 2).strides(2).of(x);
      x = twice(concatenate().of(levels.pop(), widened), filters);
    }
    return model(image, conv2d(4, 1).softmax().of(x));
  }

  private static Node twice(Node x, int filters) {
    return conv2d(filters, 3).same().relu().of(conv2d(filters, 3).same().relu().of(x));
  }
}
