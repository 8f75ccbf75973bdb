package org.lossbook.layer.normalization;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.InnerLayer;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.Wrapper;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;

/**
 * Spectral normalization of another layer: before each training step divides its kernel by the
 * kernel's spectral norm, the most by which it can lengthen an input, so that the layer's slope
 * stays bounded. It stabilizes the discriminator of a GAN (Miyato et al., 2018).
 *
 * <p>The norm of the kernel as a matrix W {@code [inputs, outputs]} is measured by power iteration,
 * v = u Wᵀ / |u Wᵀ|, u = v W / |v W|, σ = v W uᵀ, which goes on from the u of the step before.
 *
 * <p>Parameters: those of the layer; vector_u {@code [1, outputs]}, not trained, initially a
 * truncated normal of deviation 0.02.
 *
 * <pre>{@code
 * spectralNormalization(dense(64))
 * spectralNormalization(conv2d(32, 3)).powerIterations(2)
 * }</pre>
 *
 * @question How can a layer be kept from stretching its input?
 * @use In the discriminator of adversarial training.
 * @avoid In a plain classifier, which it slows down.
 */
public final class SpectralNormalization extends Wrapper<SpectralNormalization> {
  private static final String KERNEL = "kernel";
  private static final String VECTOR = "vector_u";
  private static final double SPREAD = 0.02; // Keras's

  private int powerIterations = 1;

  /**
   * @param layer one that has a kernel, such as {@code dense(64)}
   */
  public SpectralNormalization(Layer layer) {
    super(layer, "write spectralNormalization(dense(64))");
  }

  /** How many power iterations measure the norm before each step; 1 by default. */
  public SpectralNormalization powerIterations(int powerIterations) {
    int given = LayerChecks.requirePositive(kind(), "power iterations", powerIterations);
    return with(copy -> copy.powerIterations = given);
  }

  @Override
  public String kind() {
    return "spectral_normalization";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return layer.outputShape(inputShape);
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    List<Parameter> parameters = new ArrayList<>(layer.parameters(inputShape));
    int[] kernel =
        parameters.stream()
            .filter(parameter -> parameter.name().equals(KERNEL))
            .map(Parameter::shape)
            .findFirst()
            .orElseThrow(
                () ->
                    Messages.wrong(
                        "spectral_normalization expects a layer with a kernel but receives %s: dense(64) and conv2d(32, 3) have one.",
                        layer));
    var drawn = Initializers.truncatedNormal(0, SPREAD);
    parameters.add(Parameter.kept(VECTOR, drawn, 1, Shapes.last(kernel)));
    return parameters;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return layer.build(graph, x, weights);
  }

  @Override
  public OptionalInt powerIterations(String parameter) {
    Require.given(parameter, kind(), "a parameter's name", "it has \"kernel\"");
    return parameter.equals(KERNEL) ? OptionalInt.of(powerIterations) : OptionalInt.empty();
  }

  @Override
  public Regularizer activityPenalty() {
    return layer.activityPenalty();
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return layer.bounds(inputs, inputShapes);
  }

  @Override
  public boolean isFrozen() {
    return super.isFrozen() || layer.isFrozen();
  }

  @Override
  public Activation activation() {
    return layer.activation();
  }

  @Override
  public Layer linear() {
    SpectralNormalization plain =
        new SpectralNormalization(layer.linear())
            .powerIterations(powerIterations)
            .trainable(!super.isFrozen());
    return name().map(plain::named).orElse(plain);
  }

  @Override
  public Optional<Config> config() {
    return InnerLayer.config(layer)
        .map(
            inner ->
                Config.of("keras.layers", "SpectralNormalization")
                    .with("layer", inner)
                    .with("power_iterations", powerIterations));
  }

  static SpectralNormalization from(Settings settings, Registry<Layer> layers) {
    return new SpectralNormalization(InnerLayer.read(settings, "layer", layers))
        .powerIterations(settings.integer("power_iterations", 1));
  }
}
