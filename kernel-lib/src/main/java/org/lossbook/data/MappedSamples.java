package org.lossbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.data.view.Descriptions;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.SourceView;
import org.lossbook.engine.Shapes;

/** A view whose samples are transformed by a function each time they are read. */
final class MappedSamples extends SourceView {
  private final Function<? super Values, ?> function;
  private final int[] given;
  private final int[] shape;

  private MappedSamples(SampleSource base, Function<? super Values, ?> function, int[] shape) {
    super(base);
    this.function = function;
    this.given = base.sampleShape();
    this.shape = shape;
  }

  static SampleSource of(SampleSource base, Function<? super Values, ?> function) {
    if (function == null) {
      throw new IllegalArgumentException(
          "map expects a function of a sample but receives null: write map(x -> …).");
    }
    if (base.texts().isPresent()) {
      throw new IllegalArgumentException(
          "map expects samples of numbers but receives texts: change the texts before, or with textVectorization().standardize(text -> …).");
    }
    int[] order = {0};
    if (base.size() == 0) {
      throw new IllegalArgumentException(
          "map expects at least one sample, to see what it returns, but receives none: check how"
              + " the data was selected.");
    }
    int[] given = base.sampleShape();
    float[] first = new float[size(given)];
    base.gatherX(order, 0, 1, first);
    int[] shape = applied(function, first, given, 0).shape();
    return new MappedSamples(base, function, shape.length == 0 ? new int[] {1} : shape);
  }

  static int size(int[] shape) {
    return Shapes.size(shape);
  }

  static Values applied(
      Function<? super Values, ?> function, float[] numbers, int[] shape, int index) {
    Object made = function.apply(Values.of(numbers, shape));
    if (made == null) {
      throw Messages.wrong(
          "map expects its function to return numbers but receives null for sample %s: end it with return and an array.",
          Descriptions.count(index));
    }
    return Values.of("map", made)
        .finite("map", "what sample " + Descriptions.count(index) + " becomes");
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new MappedSamples(other, function, shape);
  }

  @Override
  public int[] sampleShape() {
    return shape.clone();
  }

  @Override
  public List<int[]> sampleShapes() {
    return List.of(sampleShape());
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    int stride = size(given);
    int own = size(shape);
    float[] rows = new float[count * stride];
    base.gatherX(order, from, count, rows);
    for (int i = 0; i < count; i++) {
      float[] sample = Arrays.copyOfRange(rows, i * stride, (i + 1) * stride);
      Values values = applied(function, sample, given, order[from + i]);
      if (values.size() != own) {
        throw Messages.wrong(
            "map expects samples of one shape but receives %s for sample %s where the first one became %s: pad or cut them.",
            Arrays.toString(values.shape()),
            Descriptions.count(order[from + i]),
            Arrays.toString(shape));
      }
      System.arraycopy(values.toFloats(), 0, into, i * own, own);
    }
  }
}
