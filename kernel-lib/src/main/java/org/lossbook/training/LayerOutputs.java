package org.lossbook.training;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;
import org.lossbook.network.InnerOutputs;
import org.lossbook.network.Network;

/**
 * What layers within a model give for samples.
 *
 * @hidden
 */
@Internal
public final class LayerOutputs {
  private LayerOutputs() {}

  /**
   * The outputs of some layers.
   *
   * @param layers their names; of a layer within another network {@code sequential/dense_1}
   */
  public static List<Values> of(
      String who, CompiledModel model, Object given, List<String> layers) {
    Samples samples = Samples.of(who, model, given);
    CompiledModel compiled = samples.model();
    Network part = InnerOutputs.of(who, compiled.network(), layers);
    List<int[]> shapes = part.outputs().stream().map(Network.Output::shape).toList();
    int batch = Math.min(samples.size(), BatchedInference.bigBatch(part));
    MemoryCheck.batch(compiled, batch, Mode.INFERENCE);
    List<float[]> all = new ArrayList<>();
    List<float[]> some = new ArrayList<>();
    for (int[] shape : shapes) {
      all.add(
          new float
              [Memory.length(
                  Messages.of("%s of %,d samples", who, samples.size()),
                  Float.BYTES,
                  "ask for fewer at a time, such as data.rows(0, 1000)",
                  samples.size(),
                  Shapes.size(shape))]);
      some.add(new float[batch * Shapes.size(shape)]);
    }
    var x = Columns.of(batch, part.inputShapes());
    try (Plan plan =
        part.plan(
            compiled.engine(),
            compiled.weights().parameters(),
            batch,
            Mode.INFERENCE,
            output -> false)) {
      for (int from = 0; from < samples.size(); from += batch) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedTraining(
              Messages.of(
                  "%s was interrupted after %,d of %,d samples.", who, from, samples.size()));
        }
        int count = Math.min(batch, samples.size() - from);
        samples.copy().copy(from, count, x.rows());
        x.split(count);
        for (int i = 0; i < x.parts(); i++) {
          plan.input(i, x.part(i));
        }
        plan.forward();
        for (int o = 0; o < shapes.size(); o++) {
          int size = Shapes.size(shapes.get(o));
          plan.output(o, some.get(o));
          System.arraycopy(some.get(o), 0, all.get(o), from * size, count * size);
        }
      }
    }
    List<Values> outputs = new ArrayList<>();
    for (int o = 0; o < shapes.size(); o++) {
      outputs.add(Values.of(all.get(o), Samples.prepended(samples.size(), shapes.get(o))));
    }
    return List.copyOf(outputs);
  }
}
