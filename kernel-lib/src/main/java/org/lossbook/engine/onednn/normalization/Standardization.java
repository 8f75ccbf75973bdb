package org.lossbook.engine.onednn.normalization;

import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.elementwise.Affine;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * The constants of a standardization by statistics that are weights: (x − mean) / deviation, or x ·
 * deviation + mean.
 *
 * @hidden
 */
@Internal
public final class Standardization implements Affine.Source {
  private static final double SMALLEST_DEVIATION = 1e-7; // Keras's

  private final NormalizedView view;
  private final Parameters.Slot mean;
  private final Parameters.Slot variance;
  private final boolean inverted;

  /**
   * @param shape the sample's
   * @param axes those of the statistics
   */
  public Standardization(
      int[] shape, int[] axes, Parameters.Slot mean, Parameters.Slot variance, boolean inverted) {
    int[] extents = shape.length == 0 ? new int[] {1} : shape;
    boolean[] along = new boolean[extents.length];
    for (int axis : axes) {
      along[axis] = true;
    }
    view = new NormalizedView(extents, along, along);
    this.mean = mean;
    this.variance = variance;
    this.inverted = inverted;
  }

  @Override
  public void fill(PlanBuilder builder, float[] subtracted, float[] factors, float[] added) {
    Parameters parameters = builder.parameters();
    float[] means = new float[view.places];
    float[] deviations = new float[view.places];
    builder.weights.add(
        stream -> {
          parameters.read(mean.vector(), mean.offset(), means, view.places);
          parameters.read(variance.vector(), variance.offset(), deviations, view.places);
          for (int i = 0; i < view.places; i++) {
            deviations[i] = (float) Math.max(Math.sqrt(deviations[i]), SMALLEST_DEVIATION);
          }
          for (int row = 0, i = 0; row < view.placeOf.length; row++) {
            int place = view.placeOf[row];
            for (int end = i + view.width; i < end; i++, place += view.placeStep) {
              subtracted[i] = inverted ? 0 : means[place];
              factors[i] = inverted ? deviations[place] : 1 / deviations[place];
              added[i] = inverted ? means[place] : 0;
            }
          }
        });
  }
}
