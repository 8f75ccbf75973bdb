package org.lossbook.analysis;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.base.ProgressBar;
import org.lossbook.data.Dataset;
import org.lossbook.engine.Parameters;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Contour;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Grid;
import org.lossbook.plot.Surface;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.MetricException;
import org.lossbook.training.fit.ModelEvaluator;

/**
 * The loss landscape around a model's weights: two random directions are drawn in the space of all
 * weights, and the loss is computed on a grid along them.
 *
 * <pre>{@code
 * landscape(model, digits.test()).plot()          // from above
 * landscape(model, digits.test()).surface()       // as a landscape
 * landscape(model, digits.test()).radius(0.5).resolution(41).sample(1000)
 * }</pre>
 *
 * <p>The directions are filter-normalized: the part of a direction that belongs to one unit or
 * filter has the same norm as that filter's weights, so that a step of 1 means the same in every
 * layer and network, and pictures can be compared. Biases and the parameters of batch normalization
 * stay fixed. Li, Xu, Taylor, Studer and Goldstein 2018, <a
 * href="https://arxiv.org/abs/1712.09913">Visualizing the loss landscape of neural nets</a>.
 *
 * <p>The first picture computes it, in a few seconds, and later ones reuse the numbers; the model's
 * weights are restored bit for bit.
 */
public final class Landscape implements Renderable {
  private static final double DECADE_AND_A_HALF = 30;

  private final ModelState model;
  private final Dataset data;
  private final int resolution;
  private final double radius;
  private final int sample;
  private final long seed;
  private Optional<Grid> grid = Optional.empty();

  private Landscape(
      ModelState model, Dataset data, int resolution, double radius, int sample, long seed) {
    this.model = model;
    this.data = data;
    this.resolution = resolution;
    this.radius = radius;
    this.sample = sample;
    this.seed = seed;
  }

  /** The landscape on a grid of 25 × 25 points, one filter norm to each side, over 256 samples. */
  public static Landscape landscape(Model model, Dataset data) {
    return new Landscape(
        ModelState.of("landscape", model), DataChecks.given("landscape", data), 25, 1, 256, 1);
  }

  /**
   * The same with so many grid points along each direction; an odd number includes the weights
   * themselves.
   *
   * @throws IllegalArgumentException below 3 and above 201
   */
  public Landscape resolution(int places) {
    if (places < 3 || places > 201) {
      throw Messages.wrong(
          "landscape expects a resolution of 3 to 201 places but receives %d: 25 is a good first choice, and the time goes with its square.",
          places);
    }
    return new Landscape(model, data, places, radius, sample, seed);
  }

  /** The same that far to each side, in filter norms. */
  public Landscape radius(double lengths) {
    if (!(lengths > 0) || Double.isInfinite(lengths)) {
      throw Messages.wrong(
          "landscape expects a radius above 0 but receives %s: 1 goes as far as the norm of the weights.",
          lengths);
    }
    return new Landscape(model, data, resolution, lengths, sample, seed);
  }

  /** The same over so many samples, or all if there are fewer. */
  public Landscape sample(int samples) {
    if (samples < 1) {
      throw Messages.wrong(
          "landscape expects at least one sample but receives %d: a few hundred show its shape.",
          samples);
    }
    return new Landscape(model, data, resolution, radius, samples, seed);
  }

  /** The same along other directions, and over other samples. */
  public Landscape seed(long seed) {
    return new Landscape(model, data, resolution, radius, sample, seed);
  }

  /**
   * The loss at each grid point; the first call computes it.
   *
   * @throws InterruptedTraining if the thread was interrupted; the weights are restored
   */
  public synchronized Grid grid() {
    if (grid.isEmpty()) {
      grid = Optional.of(model.undisturbed("landscape", this::computed));
    }
    return grid.get();
  }

  private Grid computed(CompiledModel model) {
    CompiledModel compiled = model.sizedFor("landscape", data.sampleShapes());
    new DataChecks(compiled).dataset("landscape", data);
    Dataset samples = data.shuffled(seed).take(sample);
    Parameters parameters = compiled.weights().parameters();
    int size = parameters.trainableSize();
    float[] weights = new float[size];
    parameters.read(Parameters.Vector.TRAINABLE, 0, weights, size);
    var random = new SplittableRandom(seed);
    float[] first = direction(parameters, weights, random);
    float[] second = direction(parameters, weights, random);
    float[] moved = new float[size];
    double[] places = Grid.even(-radius, radius, resolution);
    double[][] z = new double[resolution][resolution];
    var evaluator = new ModelEvaluator(compiled, "landscape");
    try (var work = new ProgressBar("landscape", "places", resolution * resolution)) {
      for (int j = 0; j < resolution; j++) {
        for (int i = 0; i < resolution; i++) {
          for (int k = 0; k < size; k++) {
            moved[k] = (float) (weights[k] + places[i] * first[k] + places[j] * second[k]);
          }
          parameters.write(Parameters.Vector.TRAINABLE, 0, moved, size);
          z[j][i] = evaluator.figures(samples).get("loss");
          work.piece();
        }
      }
    } catch (MetricException.Thrown e) {
      throw e.at("in landscape", "correct the metric, and compile with it.");
    }
    return new Grid(places, places, z);
  }

  /** A random direction, filter-normalized. */
  private static float[] direction(
      Parameters parameters, float[] weights, SplittableRandom random) {
    float[] direction = new float[weights.length];
    for (Parameters.Slot slot : parameters.slots()) {
      int[] shape = slot.parameter().shape();
      if (!slot.parameter().trainable() || shape.length < 2) {
        continue;
      }
      int filters = shape[shape.length - 1]; // in Keras's layout the last axis is the unit
      for (int f = 0; f < filters; f++) {
        double squares = 0;
        double length = 0;
        int end = slot.offset() + slot.size();
        for (int k = slot.offset() + f; k < end; k += filters) {
          direction[k] = (float) random.nextGaussian();
          squares += (double) direction[k] * direction[k];
          length += (double) weights[k] * weights[k];
        }
        double scale = squares == 0 ? 0 : Math.sqrt(length / squares);
        for (int k = slot.offset() + f; k < end; k += filters) {
          direction[k] *= (float) scale;
        }
      }
    }
    return direction;
  }

  /** The contour plot of the landscape, with the weights in the middle. */
  public Figure plot() {
    Grid z = grid();
    var contour =
        Contour.of(title(), "first direction", "second direction", "loss", z)
            .mark(0, 0, "the weights");
    return (spansDecades(z) ? contour.logScale() : contour).figure();
  }

  /** The surface plot of the landscape, seen from the side. */
  public Figure surface() {
    Grid z = grid();
    var surface =
        Surface.of(title(), "first direction", "second direction", "loss", z)
            .mark(0, 0, "the weights");
    return (spansDecades(z) ? surface.logScale() : surface).figure();
  }

  private String title() {
    return Messages.of("The loss of %,d samples around the weights", Math.min(sample, data.size()));
  }

  /** Whether the loss spans decades, so that linear bands would not show the valley. */
  private static boolean spansDecades(Grid z) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (double[] row : z.z()) {
      for (double value : row) {
        low = Double.isFinite(value) ? Math.min(low, value) : low;
        high = Double.isFinite(value) ? Math.max(high, value) : high;
      }
    }
    return low > 0 && high > DECADE_AND_A_HALF * low;
  }

  /** The picture from above. */
  @Override
  public Map<String, String> mimeBundle() {
    return plot().mimeBundle();
  }

  /** Its range in words. */
  @Override
  public String toString() {
    return plot().toString();
  }
}
