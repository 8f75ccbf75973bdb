package org.lossbook.training;

import java.util.List;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.metric.Ignoring;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleShape;
import org.lossbook.metric.saved.DecisionThreshold;
import org.lossbook.network.Network;

/**
 * An output head: one output of a compiled model, with its loss and metrics.
 *
 * @param output its place in the network
 * @param prefix the prefix of its figures' names: empty for a single output, else {@code price_}
 * @param outputLoss how its last activation and its loss are combined
 * @param weight the weight of its loss in the total; its own figures are unweighted
 * @param metrics its metrics
 * @param settings the settings of its loss
 * @hidden
 */
@Internal
public record OutputHead(
    Network.Output output,
    String prefix,
    OutputLoss outputLoss,
    double weight,
    List<Metric> metrics,
    LossParameters settings) {

  /** Gives metrics unique names, and the decision threshold that matches the loss. */
  public OutputHead {
    double threshold = outputLoss.threshold();
    metrics =
        MetricNames.apart(
            metrics.stream().map(metric -> DecisionThreshold.of(threshold, metric)).toList());
  }

  /** The same for an output of another size. */
  OutputHead with(Network.Output sized) {
    return new OutputHead(sized, prefix, outputLoss, weight, metrics, settings);
  }

  /** A tally of one of its metrics, without what the loss ignores. */
  Metric.Tally tally(Metric metric) {
    var training = new TrainingLoss(outputLoss.loss());
    Metric counting = Ignoring.with(training.ignored(), metric);
    if (Shapes.areFixed(output.shape())) {
      var sample = new SampleShape(positions(), targetWidth(), width(), output.shape());
      return counting.tally(sample);
    }
    Metric.Tally tally = counting.tally(targetWidth(), width());
    if (tally.seesWholeSamples()) {
      throw Messages.wrong(
          "%s expects sequences of one length, as it judges whole ones, but %s gives %s: fix the"
              + " length, such as input(40), and mask the steps that are padding.",
          metric.name(), output.name(), Shapes.withBatch(output.shape()));
    }
    return tally;
  }

  /** How many numbers a prediction has. */
  public int size() {
    return Shapes.size(output.shape());
  }

  /** How many rows a prediction is for the loss, one at each position; one for most models. */
  public int positions() {
    return new TrainingLoss(outputLoss.loss()).positions(output.shape());
  }

  /** How many numbers a prediction has at each position. */
  public int width() {
    return new TrainingLoss(outputLoss.loss()).width(output.shape());
  }

  /** The label that its loss ignores, if any. */
  public OptionalInt ignored() {
    return new TrainingLoss(outputLoss.loss()).ignored();
  }

  /** How many numbers a target has at each position. */
  public int targetWidth() {
    return new TrainingLoss(outputLoss.loss()).targets(width());
  }

  /** How many numbers a sample's target has. */
  public int targets() {
    return positions() * targetWidth();
  }

  /** The loss as compiled, to evaluate predictions with. */
  public BatchLoss evaluationLoss() {
    return new TrainingLoss(outputLoss.loss()).bind(output.shape());
  }

  /** The loss that training computes, from logits if possible. */
  BatchLoss trainingLoss() {
    return new TrainingLoss(outputLoss.trainingLoss()).bind(output.shape());
  }

  public Loss loss() {
    return outputLoss.loss();
  }
}
