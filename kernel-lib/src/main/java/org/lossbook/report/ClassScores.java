package org.lossbook.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;
import org.lossbook.training.Predictor;

/**
 * The scores that a model gives a dataset's classes.
 *
 * @param truth labels, or a row of 0 and 1 per sample
 * @param scores one score per sample, or a row of them
 * @param names the names of the classes, or of the labels of a multi-label model
 * @param threshold the decision threshold of a score
 */
record ClassScores(Values truth, Values scores, List<String> names, double threshold) {

  static ClassScores of(String who, Model model, Dataset data) {
    DataChecks.given(who, data);
    CompiledModel compiled = ModelState.of(who, model).compiled();
    OutputHead head = compiled.singleOutput(who);
    Optional<boolean[]> counting = Predictor.counting(compiled, 0, data);
    double threshold = head.outputLoss().threshold();
    Values given = model.predictValues(data);
    int outputs = head.width();
    int rows = given.size() / outputs;
    Values scores = given.reshape(rows, outputs);
    if (outputs > 1 && !isSeveralAnswers(model, data)) {
      var classified = Classification.of(who, given, data, head, counting);
      double[] labels = IntStream.of(classified.truth()).asDoubleStream().toArray();
      var all =
          new ClassScores(Values.of(labels, labels.length), scores, classified.names(), threshold);
      return all.without(OptionalInt.of(Classification.IGNORED));
    }
    var all =
        new ClassScores(
            Values.of(who, data.y()).reshape(rows, outputs),
            scores,
            Classification.names(data, outputs),
            threshold);
    ClassScores counted = counting.map(row -> all.where(i -> row[i])).orElse(all);
    return outputs == 1 ? counted.without(head.ignored()) : counted;
  }

  /** Without the rows of the label that does not count. */
  private ClassScores without(OptionalInt ignored) {
    return ignored.isEmpty() ? this : where(i -> truth.get(i) != ignored.getAsInt());
  }

  /** Those rows alone. */
  private ClassScores where(IntPredicate counts) {
    int width = scores.rowSize();
    int rows = scores.size() / width;
    int[] kept = IntStream.range(0, rows).filter(counts).toArray();
    return kept.length == rows
        ? this
        : new ClassScores(
            rows(truth, kept, truth.size() / rows), rows(scores, kept, width), names, threshold);
  }

  private static Values rows(Values all, int[] kept, int width) {
    double[] numbers =
        IntStream.of(kept)
            .flatMap(i -> IntStream.range(i * width, (i + 1) * width))
            .mapToDouble(all::get)
            .toArray();
    return all.rank() == 1
        ? Values.of(numbers, numbers.length)
        : Values.of(numbers, kept.length, width);
  }

  /** Whether a model is multi-label: several yes/no answers per sample. */
  static boolean isSeveralAnswers(Model model, Dataset data) {
    OutputHead head = ModelState.of("report", model).compiled().singleOutput("report");
    var training = new TrainingLoss(head.loss());
    int[] target = data.targetShape();
    int width = head.width();
    boolean isAlike =
        Shapes.areFixed(head.output().shape())
            ? Shapes.size(target) == head.size()
            : Shapes.last(target) == width;
    return width > 1 && training.takesAnswers() && isAlike;
  }
}
