package org.lossbook.layer.merging;

import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * A scaled residual connection: a + scale · b, which keeps the sum of many blocks from growing
 * (Szegedy et al. 2016, <i>Inception-v4, Inception-ResNet</i>). {@code [n], [n] -> [n]} Keras calls
 * it {@code CustomScaleLayer}.
 *
 * @question How can many residual blocks be added without growing?
 * @use In deep networks such as Inception-ResNet.
 * @avoid In shallow networks, where {@link Add} will do.
 */
public final class ScaledResidual extends Merge<ScaledResidual> {
  private final double scale;

  /**
   * @param scale the factor of the second value, 0.1 to 0.2 in Inception-ResNet
   */
  public ScaledResidual(double scale) {
    if (!Double.isFinite(scale)) {
      throw Messages.wrong(
          "scaledResidual expects a finite scale but receives %s: Inception-ResNet has 0.17.",
          scale);
    }
    this.scale = scale;
  }

  @Override
  public String kind() {
    return "custom_scale_layer";
  }

  @Override
  int most() {
    return 2;
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    return graph.sum(inputs, 1, (float) scale);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.src.applications.inception_resnet_v2", "CustomScaleLayer")
            .with("scale", scale));
  }

  static ScaledResidual from(Settings settings) {
    return new ScaledResidual(settings.number("scale"));
  }
}
